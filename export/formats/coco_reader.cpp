// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco_reader.h"

#include "core/error.h"
#include "export/formats/coco_segmentation.h"
#include "export/json_lists.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

/// Ids are 1 or more in our datasets. Where a file uses 0, that one gets the id after the largest.
template <typename Record>
core::Id idForZero(const std::vector<Record> &records)
{
    core::Id largest = 0;
    for (const Record &record : records)
        largest = std::max(largest, record.id);
    return largest + 1;
}

class CocoReader
{
public:
    CocoReader(const std::filesystem::path &file, std::stop_token stop)
        : m_file(file), m_stop(std::move(stop))
    {
    }

    ReadResult read(const Progress &progress);

private:
    JsonFields fields(const char *list, std::size_t index, const Json &element) const
    {
        std::string where = m_file.string() + ": " + list + "[" + std::to_string(index) + "]";
        if (element.is_object() && element.contains("id") && element["id"].is_number_integer())
            where += " (id " + element["id"].dump() + ")";
        return JsonFields(element, std::move(where));
    }

    void addImage(std::size_t index, const Json &element);
    void addCategory(std::size_t index, const Json &element);
    void addAnnotation(std::size_t index, const Json &element);
    void replaceZeroIds();

    std::filesystem::path m_file;
    std::stop_token m_stop;
    core::Dataset m_dataset;
    std::unordered_map<core::Id, core::Size> m_imageSizes;
    std::unordered_set<core::Id> m_categoryIds;
    std::unordered_set<core::Id> m_annotationIds;
    std::size_t m_withoutMask = 0;
};

void CocoReader::addImage(std::size_t index, const Json &element)
{
    const JsonFields image = fields("images", index, element);
    core::ImageRecord record{image.id("id"), image.text("file_name"),
                             image.size("width", "height")};
    std::replace(record.fileName.begin(), record.fileName.end(), '\\', '/');
    if (!m_imageSizes.emplace(record.id, record.size).second)
        image.refuse("has an id that another image has, too");
    m_dataset.images.push_back(std::move(record));
}

void CocoReader::addCategory(std::size_t index, const Json &element)
{
    const JsonFields category = fields("categories", index, element);
    core::Category record;
    record.id = category.id("id");
    record.name = category.text("name");
    record.supercategory = category.textOr("supercategory", "");
    if (!m_categoryIds.insert(record.id).second)
        category.refuse("has an id that another category has, too");
    m_dataset.categories.push_back(std::move(record));
}

void CocoReader::addAnnotation(std::size_t index, const Json &element)
{
    const JsonFields annotation = fields("annotations", index, element);
    core::Annotation record;
    record.id = annotation.id("id");
    record.imageId = annotation.id("image_id");
    record.categoryId = annotation.id("category_id");
    record.isCrowd = annotation.flag("iscrowd");
    const auto image = m_imageSizes.find(record.imageId);
    if (image == m_imageSizes.end())
        annotation.refuse("names image " + std::to_string(record.imageId) +
                          ", which the file does not have");
    if (!m_categoryIds.contains(record.categoryId))
        annotation.refuse("names category " + std::to_string(record.categoryId) +
                          ", which the file does not have");
    if (!m_annotationIds.insert(record.id).second)
        annotation.refuse("has an id that another annotation has, too");
    const Json *segmentation = annotation.find("segmentation");
    if (segmentation == nullptr || segmentation->empty()) {
        ++m_withoutMask;
        return;
    }
    record.mask = readCocoSegmentation(*segmentation, image->second, annotation);
    m_dataset.annotations.push_back(std::move(record));
}

void CocoReader::replaceZeroIds()
{
    const core::Id image = idForZero(m_dataset.images);
    const core::Id category = idForZero(m_dataset.categories);
    const core::Id annotation = idForZero(m_dataset.annotations);
    for (core::ImageRecord &record : m_dataset.images)
        record.id = record.id == 0 ? image : record.id;
    for (core::Category &record : m_dataset.categories)
        record.id = record.id == 0 ? category : record.id;
    for (core::Annotation &record : m_dataset.annotations) {
        record.id = record.id == 0 ? annotation : record.id;
        record.imageId = record.imageId == 0 ? image : record.imageId;
        record.categoryId = record.categoryId == 0 ? category : record.categoryId;
    }
}

ReadResult CocoReader::read(const Progress &progress)
{
    const std::vector<JsonList> tables{
        {"images", [this](std::size_t i, const Json &e) { addImage(i, e); }},
        {"categories", [this](std::size_t i, const Json &e) { addCategory(i, e); }},
        {"annotations", {}},
    };
    const std::vector<JsonList> annotations{
        {"annotations", [this](std::size_t i, const Json &e) { addAnnotation(i, e); }}};

    const auto half = [&](double first) -> ReadProgress {
        return [&progress, first](double share) {
            if (progress)
                progress(first + share / 2);
        };
    };

    // The lists come in any order, and a polygon can be filled only when its image's size is known:
    // two passes.
    const std::vector<std::string> found = readJsonLists(m_file, tables, m_stop, half(0));
    for (const char *list : {"images", "annotations"}) {
        if (std::find(found.begin(), found.end(), list) == found.end())
            throw core::Error(core::ErrorKind::BadDataset,
                              m_file.string() + " has no list \"" + list +
                                  "\"; it is no file of COCO instances.");
    }
    readJsonLists(m_file, annotations, m_stop, half(0.5));
    replaceZeroIds();

    ReadResult result{std::move(m_dataset), {}};
    if (m_withoutMask > 0)
        result.findings.add({Severity::Warning, "no-segmentation", m_file.string(), "",
                             std::to_string(m_withoutMask) +
                                 " annotations have no segmentation and were left out."});
    return result;
}

} // namespace

ReadResult readCoco(const std::filesystem::path &file, std::stop_token stop,
                    const Progress &progress)
{
    return CocoReader(file, std::move(stop)).read(progress);
}

} // namespace exporters
