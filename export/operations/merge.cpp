// SPDX-License-Identifier: Apache-2.0
#include "export/operations/merge.h"

#include "core/error.h"
#include "core/image/natural_order.h"
#include "export/files/picture_size.h"
#include "export/json/foreign_keys.h"
#include "export/operations/duplicates.h"
#include "export/operations/merge_licences.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

namespace exporters
{
namespace
{

/// Ids of one kind: each keeps its own while it is free. The others get theirs last, so that they
/// never take one that a later input brings along.
class IdKeeper
{
public:
    /// The id, or 0 when it is taken.
    core::Id keep(core::Id id)
    {
        m_largest = std::max(m_largest, id);
        return id > 0 && m_used.insert(id).second ? id : 0;
    }
    /// Gives those that have none the ids after the largest.
    template <typename Record>
    std::size_t complete(std::vector<Record> &records)
    {
        std::size_t given = 0;
        for (Record &record : records) {
            if (record.id == 0) {
                record.id = ++m_largest;
                ++given;
            }
        }
        return given;
    }

private:
    std::unordered_set<core::Id> m_used;
    core::Id m_largest = 0;
};

class Merger
{
public:
    Merger(const MergeOptions &options, const std::stop_token &stop)
        : m_options(options), m_stop(stop)
    {
    }

    void add(MergeInput &input);
    MergeResult finish();

private:
    /// Of one input: its ids, and the places of what they name in the lists of the result.
    using Places = std::unordered_map<core::Id, std::size_t>;

    Places addCategories(MergeInput &input);
    Places addImages(MergeInput &input);
    void addAnnotations(MergeInput &input, const Places &images, const Places &categories);
    void sortByName();

    MergeOptions m_options;
    std::stop_token m_stop;
    MergeResult m_result;
    ForeignMerge m_foreign;
    IdKeeper m_imageIds, m_categoryIds, m_annotationIds;
    std::unordered_map<std::string, std::size_t> m_images; ///< places by name
    std::map<std::pair<std::string, std::string>, std::size_t> m_categories;
    /// By the place of their image. Until the end their imageId and categoryId are places, too.
    std::vector<std::vector<core::Annotation>> m_annotations;
};

Merger::Places Merger::addCategories(MergeInput &input)
{
    Places places;
    std::vector<core::Category> &all = m_result.dataset.categories;
    for (core::Category &category : input.dataset.categories) {
        const auto [known, isNew] =
            m_categories.try_emplace({category.name, category.supercategory}, all.size());
        places.emplace(category.id, known->second);
        if (isNew) {
            category.id = m_categoryIds.keep(category.id);
            all.push_back(std::move(category));
        } else if (all[known->second].isThing != category.isThing) {
            m_result.findings.add({Severity::Warning, "merge-category", input.name,
                                   "category \"" + category.name + "\"",
                                   "is counted one by one in one file and not in another; the "
                                   "first file's word stays."});
        }
    }
    return places;
}

Merger::Places Merger::addImages(MergeInput &input)
{
    Places places;
    std::vector<core::ImageRecord> &all = m_result.dataset.images;
    for (core::ImageRecord &image : input.dataset.images) {
        const auto [known, isNew] = m_images.try_emplace(image.fileName, all.size());
        const core::Id id = image.id;
        if (isNew) {
            image.id = m_imageIds.keep(id);
            all.push_back(std::move(image));
            m_annotations.emplace_back();
        } else {
            core::ImageRecord &same = all[known->second];
            if (same.size != image.size) {
                m_result.findings.add(
                    {Severity::Error, "merge-size", input.name, "image \"" + image.fileName + "\"",
                     "has " + sizeText(image.size) + " pixels, but " + sizeText(same.size) +
                         " before; it was left out with its annotations."});
                continue;
            }
            ++m_result.sharedImages;
            same.foreign = joinedForeignKeys(same.foreign, image.foreign);
        }
        places.emplace(id, known->second);
    }
    return places;
}

void Merger::addAnnotations(MergeInput &input, const Places &images, const Places &categories)
{
    std::map<std::size_t, std::vector<core::Annotation>> ofImage;
    std::size_t lost = 0;
    for (core::Annotation &annotation : input.dataset.annotations) {
        const auto image = images.find(annotation.imageId);
        const auto category = categories.find(annotation.categoryId);
        if (image == images.end() || category == categories.end()) {
            ++lost;
            continue;
        }
        annotation.imageId = static_cast<core::Id>(image->second);
        annotation.categoryId = static_cast<core::Id>(category->second);
        ofImage[image->second].push_back(std::move(annotation));
    }
    if (lost > 0)
        m_result.findings.add({Severity::Error, "merge-annotation", input.name, "",
                               std::to_string(lost) + " annotations were left out with their "
                                                      "image or because it has no entry."});
    for (auto &[image, list] : ofImage) {
        if (m_stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled, "Merging was stopped.");
        std::vector<core::Annotation> &known = m_annotations[image];
        const std::vector<bool> isDuplicate = duplicatesOf(known, list, m_options.duplicateIou);
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (isDuplicate[i]) {
                ++m_result.duplicates;
                continue;
            }
            list[i].id = m_annotationIds.keep(list[i].id);
            known.push_back(std::move(list[i]));
        }
    }
}

void Merger::add(MergeInput &input)
{
    m_foreign.add(input.dataset, input.name, m_result.findings);
    const Places categories = addCategories(input);
    const Places images = addImages(input);
    addAnnotations(input, images, categories);
    input.dataset = {};
}

/// Images in natural order of their names, numbered in it; annotations lose their numbers.
void Merger::sortByName()
{
    std::vector<core::ImageRecord> &images = m_result.dataset.images;
    std::vector<std::size_t> order(images.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::sort(order, [&images](std::size_t a, std::size_t b) {
        return core::naturalLess(images[a].fileName, images[b].fileName);
    });
    std::vector<core::ImageRecord> sorted;
    std::vector<std::vector<core::Annotation>> annotations;
    for (const std::size_t old : order) {
        for (core::Annotation &annotation : m_annotations[old]) {
            annotation.imageId = static_cast<core::Id>(sorted.size());
            annotation.id = 0;
        }
        annotations.push_back(std::move(m_annotations[old]));
        sorted.push_back(std::move(images[old]));
        sorted.back().id = static_cast<core::Id>(sorted.size());
    }
    images = std::move(sorted);
    m_annotations = std::move(annotations);
    m_annotationIds = {};
}

MergeResult Merger::finish()
{
    core::Dataset &dataset = m_result.dataset;
    m_result.changedIds += m_imageIds.complete(dataset.images);
    m_result.changedIds += m_categoryIds.complete(dataset.categories);
    if (m_options.renumber)
        sortByName();
    for (std::vector<core::Annotation> &list : m_annotations) {
        for (core::Annotation &annotation : list) {
            annotation.imageId = dataset.images[std::size_t(annotation.imageId)].id;
            annotation.categoryId = dataset.categories[std::size_t(annotation.categoryId)].id;
            dataset.annotations.push_back(std::move(annotation));
        }
        list = {};
    }
    const std::size_t given = m_annotationIds.complete(dataset.annotations);
    m_result.changedIds += m_options.renumber ? 0 : given;
    dataset.foreign = m_foreign.result();
    return std::move(m_result);
}

} // namespace

MergeResult merge(std::vector<MergeInput> inputs, const MergeOptions &options,
                  const std::stop_token &stop)
{
    Merger merger(options, stop);
    for (MergeInput &input : inputs)
        merger.add(input);
    return merger.finish();
}

} // namespace exporters
