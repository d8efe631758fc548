// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco_results.h"

#include "core/error.h"
#include "core/image/image_reader.h"
#include "core/image/list_images.h"
#include "core/image/natural_order.h"
#include "core/mask/rle_measure.h"
#include "export/detection_reader.h"
#include "export/entry.h"
#include "export/files/picture_names.h"
#include "export/formats/coco/coco_box.h"
#include "export/formats/coco/coco_segmentation.h"
#include "export/json/json_glimpse.h"
#include "export/json/json_list_writer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

struct NaturalLess {
    bool operator()(const std::string &a, const std::string &b) const
    {
        return core::naturalLess(a, b);
    }
};

/// What a first look at the entries shows.
struct Mentioned {
    std::map<core::Id, core::Size> numbers; ///< pictures, and the size of the first mask in each
    std::map<std::string, core::Size, NaturalLess> names;
    std::set<core::Id> categories;
};

/// What is wrong with an element is told when it is read, not here.
void note(const Json &element, Mentioned &mentioned)
{
    try {
        const JsonFields fields(element, "");
        core::Size size;
        const Json *shape = fields.find("segmentation");
        if (shape != nullptr && shape->is_object())
            size = sizeInRuns(*shape, fields);
        const Json *image = fields.find("image_id");
        core::Size &known = image != nullptr && image->is_string()
                                ? mentioned.names[image->get<std::string>()]
                                : mentioned.numbers[fields.id("image_id")];
        if (known.isEmpty())
            known = size;
        if (fields.find("category_id") != nullptr)
            mentioned.categories.insert(fields.id("category_id"));
    } catch (const EntryError &) {
    }
}

/// The pictures of a folder by what results call them.
class FolderPictures
{
public:
    explicit FolderPictures(const std::filesystem::path &folder)
        : m_folder(folder), m_records(list(folder)), m_names(m_records)
    {
    }

    /// Where the picture is found, its name and size become those of the file.
    void complete(core::ImageRecord &image, bool isNumber, Findings &findings) const
    {
        const core::ImageRecord *found = m_names.find(image.fileName);
        if (found == nullptr && isNumber)
            found = m_names.byNumber(std::stoll(image.fileName));
        if (found == nullptr)
            return;
        image.fileName = found->fileName;
        try {
            const std::u8string name(image.fileName.begin(), image.fileName.end());
            image.size = core::readImageSize(m_folder / std::filesystem::path(name));
        } catch (const core::Error &error) {
            findings.add(
                {Severity::Warning, "picture-unreadable", image.fileName, "", error.what()});
        }
    }

private:
    static std::vector<core::ImageRecord> list(const std::filesystem::path &folder)
    {
        std::vector<core::ImageRecord> records;
        if (folder.empty())
            return records;
        std::vector<std::string> names;
        for (core::ImageLister lister(folder, true); !lister.atEnd();)
            lister.read(1000, names);
        for (std::string &name : names)
            records.push_back({core::Id(records.size()) + 1, std::move(name), {}});
        return records;
    }

    const std::filesystem::path &m_folder;
    std::vector<core::ImageRecord> m_records;
    PictureNames m_names;
};

std::vector<core::ImageRecord> picturesOf(const Mentioned &mentioned,
                                          const std::filesystem::path &folder, Findings &findings)
{
    const FolderPictures pictures(folder);
    std::vector<core::ImageRecord> images;
    core::Id next = mentioned.numbers.empty() ? 0 : mentioned.numbers.rbegin()->first;
    for (const auto &[number, size] : mentioned.numbers) {
        images.push_back({number == 0 ? ++next : number, std::to_string(number), size});
        pictures.complete(images.back(), true, findings);
    }
    for (const auto &[name, size] : mentioned.names) {
        images.push_back({++next, name, size});
        std::ranges::replace(images.back().fileName, '\\', '/');
        pictures.complete(images.back(), false, findings);
    }
    return images;
}

std::vector<core::Category> categoriesOf(const Mentioned &mentioned)
{
    std::vector<core::Category> categories;
    for (const core::Id id : mentioned.categories)
        categories.push_back({id, "category " + std::to_string(id), "", 0});
    return categories;
}

/// Ids of categories by their names; 0 and what has no category come behind the others.
class CategoryIds
{
public:
    explicit CategoryIds(std::vector<core::Category> &categories) : m_categories(categories)
    {
        for (core::Category &category : m_categories) {
            if (category.id == 0)
                category.id = largest() + 1;
            m_ids[category.name] = category.id;
        }
    }
    core::Id of(const std::string &name)
    {
        const auto [place, isNew] = m_ids.emplace(name, 0);
        if (isNew) {
            place->second = largest() + 1;
            m_categories.push_back({place->second, name, "", 0});
        }
        return place->second;
    }

private:
    core::Id largest() const
    {
        core::Id id = 0;
        for (const core::Category &category : m_categories)
            id = std::max(id, category.id);
        return id;
    }

    std::vector<core::Category> &m_categories;
    std::unordered_map<std::string, core::Id> m_ids;
};

} // namespace

bool CocoResults::recognises(const std::filesystem::path &input) const
{
    const JsonGlimpse glimpse = glimpseJson(input);
    return glimpse.top == JsonGlimpse::Kind::List && glimpse.hasKey("", "image_id") &&
           (glimpse.hasKey("", "segmentation") || glimpse.hasKey("", "bbox"));
}

ReadResult CocoResults::read(const std::filesystem::path &input, const ReadOptions &options,
                             std::stop_token stop, const Progress &progress) const
{
    const auto part = [&](double from, double share) -> ReadProgress {
        return [&progress, from, share](double done) {
            if (progress)
                progress(from + share * done);
        };
    };
    Mentioned mentioned;
    const std::vector<JsonList> lists{
        {"", [&](std::size_t, const Json &element) { note(element, mentioned); },
         [](std::size_t, const EntryError &) {}}}; // told when it is read
    if (readJsonLists(input, lists, stop, part(0, 0.4)).empty())
        throw core::Error(core::ErrorKind::BadDataset,
                          input.string() + " is no list of COCO results.");

    ReadResult result;
    std::vector<core::ImageRecord> images =
        picturesOf(mentioned, options.imageFolder, result.findings);
    result.dataset.categories = categoriesOf(mentioned);
    Detections found =
        readDetections(input, {images, result.dataset.categories, {}}, stop, part(0.4, 0.6));
    result.findings.append(found.findings);

    std::unordered_map<core::Id, core::Size> sizes;
    for (core::ImageRecord &image : images) {
        sizes[image.id] = image.size;
        if (image.size.isEmpty())
            result.findings.add({Severity::Error, "image-size-unknown", input.string(),
                                 "image_id " + image.fileName,
                                 "only boxes or polygons are known of it and not the picture's "
                                 "size; name the folder of the pictures."});
        else
            result.dataset.images.push_back(std::move(image));
    }
    if (found.elsewhere > 0)
        result.findings.add({Severity::Error, "image-unknown", input.string(), "",
                             std::to_string(found.elsewhere) +
                                 " results are in pictures whose names fit none or several; they "
                                 "were left out."});
    CategoryIds categories(result.dataset.categories);
    core::Id id = 0;
    for (Detection &one : found.detections) {
        const core::Size size = sizes[one.imageId];
        if (size.isEmpty())
            continue;
        core::Annotation annotation;
        annotation.id = ++id;
        annotation.imageId = one.imageId;
        annotation.categoryId = categories.of(one.category);
        annotation.mask = std::move(one.mask);
        annotation.score = one.score;
        annotation.foreign = std::move(one.foreign);
        if (!annotation.hasMask()) {
            annotation.mask.size = size;
            annotation.box = one.box;
        }
        result.dataset.annotations.push_back(std::move(annotation));
    }
    return result;
}

WriteSummary CocoResults::write(AnnotationSource &source, const std::filesystem::path &target,
                                const WriteOptions &options, std::stop_token stop,
                                const Progress &progress) const
{
    using Ordered = nlohmann::ordered_json;
    WriteSummary summary;
    std::size_t boxes = 0;
    JsonListWriter out(target);
    out.openList();
    const std::vector<core::ImageRecord> images = source.images();
    for (const core::ImageRecord &image : images) {
        if (stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled,
                              "The export was stopped; nothing was written.");
        for (const core::Annotation &annotation : source.annotations(image.id)) {
            const bool isBox = !annotation.hasMask() && annotation.box;
            if (!isBox && (!annotation.hasMask() || core::area(annotation.mask) == 0)) {
                summary.lose("objects without a pixel were left out");
                continue;
            }
            Ordered json{{"image_id", image.id}, {"category_id", annotation.categoryId}};
            if (isBox)
                json["bbox"] = cocoFromBox(*annotation.box);
            else
                json["segmentation"] = cocoRuns(annotation.mask, options.segmentation);
            json["score"] = annotation.score.value_or(1);
            if (annotation.isCrowd)
                summary.lose("crowds became single objects");
            if (annotation.track != 0)
                summary.lose("tracks were left out");
            out.element(json, annotation.foreign);
            boxes += isBox;
            ++summary.annotations;
        }
        ++summary.images;
        if (progress)
            progress(double(summary.images) / double(images.size()));
    }
    out.closeList();
    out.commit();
    if (boxes > 0 && boxes < summary.annotations)
        summary.lose("boxes stand among masks, where pycocotools reads results of one kind", boxes);
    return summary;
}

} // namespace exporters
