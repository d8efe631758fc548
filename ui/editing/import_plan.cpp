// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/import_plan.h"

#include "core/error.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace ui
{
namespace
{

enum class Fate { Object, Box, Elsewhere, OtherSize, Pixelless };

void continueUnless(const std::stop_token &stop)
{
    if (stop.stop_requested())
        throw core::Error(core::ErrorKind::Cancelled, "The import was stopped.");
}

Fate fateOf(const core::Annotation &annotation, const ReadAnnotations &read)
{
    const auto image = read.imageOf.find(annotation.imageId);
    if (image == read.imageOf.end())
        return Fate::Elsewhere;
    if (!annotation.hasMask()) {
        const bool isBox =
            annotation.box && annotation.box->width() > 0 && annotation.box->height() > 0;
        return isBox ? Fate::Box : Fate::Pixelless;
    }
    const auto size = read.sizes.find(image->second);
    if (size != read.sizes.end() && !size->second.isEmpty() && annotation.mask.size != size->second)
        return Fate::OtherSize;
    return core::area(annotation.mask) == 0 ? Fate::Pixelless : Fate::Object;
}

using ObjectsOfImage =
    std::unordered_map<core::Id, std::vector<const project::AnnotationPointer *>>;

ObjectsOfImage objectsOf(const DatasetSnapshot &project)
{
    ObjectsOfImage objects;
    for (const project::AnnotationPointer &record : project.annotations)
        objects[record->annotation.imageId].push_back(&record);
    return objects;
}

using Names = std::unordered_map<core::Id, std::string>;

Names namesOf(const std::vector<core::Category> &categories)
{
    Names names;
    for (const core::Category &category : categories)
        names.emplace(category.id, category.name);
    return names;
}

std::string nameIn(const Names &names, core::Id category)
{
    const auto found = names.find(category);
    return found == names.end() ? "object" : found->second;
}

/// One import being worked out.
class Planner
{
public:
    Planner(ReadAnnotations &read, const DatasetSnapshot &project, ExistingObjects existing)
        : m_read(read), m_existing(existing), m_objects(objectsOf(project)),
          m_fileNames(namesOf(read.dataset.categories)), m_names(namesOf(project.categories))
    {
        m_plan.objects = std::make_shared<std::vector<project::AnnotationRecord>>();
        m_plan.proposals = std::make_shared<std::vector<project::ProposalRecord>>();
    }

    void add(core::Annotation &annotation)
    {
        const Fate fate = fateOf(annotation, m_read);
        if (fate != Fate::Object && fate != Fate::Box)
            return;
        annotation.imageId = m_read.imageOf.at(annotation.imageId);
        if (m_existing == ExistingObjects::Skip && m_objects.contains(annotation.imageId)) {
            m_skipped.insert(annotation.imageId);
            return;
        }
        fate == Fate::Box ? addBox(annotation) : addObject(annotation);
    }

    ImportPlan finish(const DatasetSnapshot &project, const ProposalTable &waiting,
                      const std::stop_token &stop)
    {
        m_plan.categories = std::move(m_read.dataset.categories);
        m_plan.foreign = std::move(m_read.foreign);
        m_plan.imageForeign = std::move(m_read.imageForeign);
        if (m_existing == ExistingObjects::Skip)
            std::erase_if(m_plan.imageForeign,
                          [&](const auto &keys) { return m_objects.contains(keys.first); });
        m_plan.skippedPictures = m_skipped.size();
        std::vector<project::AnnotationPointer> kept;
        for (const project::AnnotationPointer &record : project.annotations)
            (m_replaced.contains(record->annotation.imageId) ? m_plan.replaced : kept)
                .push_back(record);
        const auto idOf = [](const project::AnnotationRecord &record) {
            return record.annotation.id;
        };
        if (!std::ranges::is_sorted(*m_plan.objects, {}, idOf))
            std::ranges::stable_sort(*m_plan.objects, {}, idOf);
        std::ranges::stable_sort(*m_plan.proposals, {}, &project::ProposalRecord::score);
        m_plan.knownProposals = dropKnown(*m_plan.proposals, waiting, kept, stop);
        std::unordered_set<core::Id> pictures;
        for (const project::AnnotationRecord &record : *m_plan.objects)
            pictures.insert(record.annotation.imageId);
        m_plan.pictures = pictures.size();
        return std::move(m_plan);
    }

private:
    void addBox(core::Annotation &annotation)
    {
        m_plan.proposals->push_back({0,
                                     annotation.imageId,
                                     nameIn(m_fileNames, annotation.categoryId),
                                     annotation.score.value_or(1),
                                     *annotation.box,
                                     {},
                                     annotation.score.has_value(),
                                     annotation.track,
                                     std::move(annotation.foreign),
                                     annotation.isCrowd});
    }

    void addObject(core::Annotation &annotation)
    {
        annotation.mask = core::withoutEmptyRuns(std::move(annotation.mask));
        annotation.box.reset(); // it goes around the mask
        if (m_existing == ExistingObjects::Replace && m_objects.contains(annotation.imageId))
            m_replaced.insert(annotation.imageId);
        else if (isThere(annotation)) {
            ++m_plan.sameObjects;
            return;
        }
        m_plan.objects->push_back({std::move(annotation), {}});
    }

    bool isThere(const core::Annotation &annotation) const
    {
        const auto objects = m_objects.find(annotation.imageId);
        if (objects == m_objects.end())
            return false;
        const std::string name = nameIn(m_fileNames, annotation.categoryId);
        return std::ranges::any_of(objects->second, [&](const project::AnnotationPointer *record) {
            const core::Annotation &present = (*record)->annotation;
            return present.mask == annotation.mask && nameIn(m_names, present.categoryId) == name;
        });
    }

    ReadAnnotations &m_read;
    ExistingObjects m_existing;
    ObjectsOfImage m_objects;
    Names m_fileNames, m_names;
    ImportPlan m_plan;
    std::unordered_set<core::Id> m_skipped, m_replaced; ///< the project's pictures
};

} // namespace

ImportPreview previewImport(const ReadAnnotations &read, const DatasetSnapshot &project,
                            std::stop_token stop)
{
    ImportPreview preview;
    const ObjectsOfImage objects = objectsOf(project);
    std::unordered_set<core::Id> pictures;
    for (const core::Annotation &annotation : read.dataset.annotations) {
        continueUnless(stop);
        switch (fateOf(annotation, read)) {
        case Fate::Object:
            ++preview.objects;
            pictures.insert(read.imageOf.at(annotation.imageId));
            break;
        case Fate::Box:
            ++preview.boxes;
            pictures.insert(read.imageOf.at(annotation.imageId));
            break;
        case Fate::Elsewhere:
            ++preview.elsewhere;
            break;
        case Fate::OtherSize:
            ++preview.otherSize;
            break;
        case Fate::Pixelless:
            ++preview.pixelless;
            break;
        }
    }
    preview.pictures = pictures.size();
    for (const core::Id image : pictures) {
        if (const auto there = objects.find(image); there != objects.end()) {
            ++preview.occupied;
            preview.present += there->second.size();
        }
    }
    std::set<std::string> present;
    for (const core::Category &category : project.categories)
        present.insert(category.name);
    preview.categories = read.dataset.categories.size();
    for (const core::Category &category : read.dataset.categories) {
        if (present.insert(category.name).second)
            preview.newCategories.push_back(category.name);
    }
    return preview;
}

ImportPlan planImport(ReadAnnotations read, const DatasetSnapshot &project,
                      const ProposalTable &waiting, ExistingObjects existing, std::stop_token stop,
                      const std::function<void(double share)> &progress)
{
    Planner planner(read, project, existing);
    std::size_t done = 0;
    for (core::Annotation &annotation : read.dataset.annotations) {
        continueUnless(stop);
        planner.add(annotation);
        if (progress)
            progress(double(++done) / double(read.dataset.annotations.size()));
    }
    return planner.finish(project, waiting, stop);
}

} // namespace ui
