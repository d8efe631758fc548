// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco/coco_panoptic_reader.h"

#include "core/file/file_error.h"
#include "export/files/file_names.h"
#include "export/files/image_path.h"
#include "export/files/picture_size.h"
#include "export/formats/coco/coco_annotation.h"
#include "export/json/foreign_keys.h"
#include "export/json/json_fields.h"
#include "export/json/json_glimpse.h"
#include "export/json/json_lists.h"
#include "export/json/json_source.h"
#include "export/json/json_top_level.h"
#include "export/maps/map_reading.h"
#include "export/text/colors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <unordered_set>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// Looks at the first annotation however far behind it comes.
bool hasSegments(const fs::path &file)
{
    try {
        JsonSource source(file);
        if (source.isList())
            return false;
        while (const std::optional<std::string> key = source.nextKey()) {
            if (*key != "annotations" || !source.openList()) {
                source.skip();
                continue;
            }
            const std::optional<JsonPiece> first = source.nextElement();
            return first && first->text.find("\"segments_info\"") != first->text.npos;
        }
    } catch (const core::Error &) {
        // whoever reads it is told
    }
    return false;
}

bool isPanoptic(const fs::path &file)
{
    const JsonGlimpse glimpse = glimpseJson(file);
    if (glimpse.hasKey("annotations"))
        return glimpse.hasKey("annotations", "segments_info");
    // So many images come first that the annotations are not in sight.
    std::error_code ignored;
    return glimpse.isCut && glimpse.hasList("images") &&
           fs::is_directory(file.parent_path() / file.stem(), ignored) && hasSegments(file);
}

class PanopticReader
{
public:
    PanopticReader(const fs::path &file, const ReadOptions &options, std::stop_token stop,
                   const Progress &progress)
        : m_file(file), m_folder(file.parent_path() / file.stem()), m_stop(stop),
          m_reading(stop, progress), m_progress(progress), m_pictures({options.imageFolder})
    {
    }

    ReadResult read();

private:
    void addImage(const Json &element, const JsonFields &fields);
    void addCategory(const Json &element, const JsonFields &fields);
    void addAnnotation(const Json &element, const JsonFields &fields);
    void addSegment(const core::ImageRecord &image, const Json &element, const JsonFields &fields,
                    std::vector<ValueMask> &masks);
    void replaceTakenIds();

    using Add = void (PanopticReader::*)(const Json &element, const JsonFields &fields);
    JsonList list(const char *name, Add add);
    void guarded(const std::string &place, const std::function<void()> &read)
    {
        m_reading.guarded("entry", m_file, place, read);
    }

    fs::path m_file;
    fs::path m_folder; ///< of the PNGs
    std::stop_token m_stop;
    MapReading m_reading;
    const Progress &m_progress;
    PicturesBeside m_pictures;
    std::unordered_map<core::Id, core::ImageRecord> m_images;
    std::unordered_set<core::Id> m_categories;
    std::unordered_set<core::Id> m_drawn; ///< images that have had their annotation
    std::unordered_set<core::Id> m_ids;
    core::Id m_largestId = 0;
    std::vector<std::size_t> m_taken; ///< annotations whose segment's id another one has
};

JsonList PanopticReader::list(const char *name, Add add)
{
    const auto take = [this, name, add](std::size_t index, const Json &element) {
        const std::string place = cocoPlace(name, index, element);
        guarded(place, [&] { (this->*add)(element, JsonFields(element, place)); });
    };
    const auto onBroken = [this, name](std::size_t index, const EntryError &error) {
        m_reading.result.findings.add(
            findingOf(error, {m_file.string(), cocoPlace(name, index, {})}));
    };
    return {name, take, onBroken};
}

void PanopticReader::addImage(const Json &element, const JsonFields &fields)
{
    core::ImageRecord image{fields.id("id"), fields.text("file_name"),
                            fields.size("width", "height")};
    std::ranges::replace(image.fileName, '\\', '/');
    resolveImagePath(m_folder, image.fileName);
    if (image.id == 0 || m_images.contains(image.id))
        fields.refuse("has the id 0, or one that another image has, too");
    image.foreign = foreignKeysOf(element, {"id", "file_name", "width", "height"});
    m_images.emplace(image.id, image);
    m_reading.dataset().images.push_back(std::move(image));
}

void PanopticReader::addCategory(const Json &element, const JsonFields &fields)
{
    core::Category category;
    category.id = fields.id("id");
    category.name = fields.text("name");
    category.supercategory = fields.textOr("supercategory", "");
    category.isThing = fields.find("isthing") == nullptr || fields.flag("isthing");
    if (category.id == 0 || !m_categories.insert(category.id).second)
        fields.refuse("has the id 0, or one that another category has, too");
    if (const Json *color = fields.find("color"))
        category.color = colorFrom(*color).value_or(0);
    category.foreign = foreignKeysOf(element, {"id", "name", "supercategory", "isthing", "color"});
    m_reading.dataset().categories.push_back(std::move(category));
}

void PanopticReader::addAnnotation(const Json &, const JsonFields &fields)
{
    m_reading.requireRunning(); // a picture takes long
    const core::Id imageId = fields.id("image_id");
    const auto image = m_images.find(imageId);
    if (image == m_images.end())
        fields.refuse("names image " + std::to_string(imageId) + ", which the file does not have");
    if (!m_drawn.insert(imageId).second)
        fields.refuse("is the second one of image " + std::to_string(imageId));
    const Json *segments = fields.find("segments_info");
    if (segments == nullptr || !segments->is_array())
        fields.refuse("has no list \"segments_info\"");
    const fs::path file = resolveImagePath(m_folder, fields.text("file_name"));
    const std::optional<IndexPng> png = m_reading.map(file);
    if (!png)
        return;
    if (!png->isColor) {
        m_reading.error("map-kind", file, "",
                        "it is no RGB picture, in which alone ids can stand; it was left out.");
        return;
    }
    if (png->map.size != image->second.size) {
        m_reading.error("map-size", file, "",
                        "it is " + sizeText(png->map.size) + " pixels, but its image is " +
                            sizeText(image->second.size) + "; its segments were left out.");
        return;
    }
    if (!m_reading.fits(png->map, file, m_pictures,
                        std::string(withoutEnding(image->second.fileName))))
        return;
    std::vector<ValueMask> masks = m_reading.masks(png->map, file);
    for (std::size_t i = 0; i < segments->size(); ++i) {
        const std::string place = fields.where() + ": segments_info[" + std::to_string(i) + "]";
        const Json &segment = (*segments)[i];
        guarded(place,
                [&] { addSegment(image->second, segment, JsonFields(segment, place), masks); });
    }
    for (const ValueMask &left : masks) {
        if (!left.mask.counts.empty())
            m_reading.error("no-class", file, "id " + std::to_string(left.value),
                            "no segment has this id; its pixels were left out.");
    }
}

void PanopticReader::addSegment(const core::ImageRecord &image, const Json &element,
                                const JsonFields &fields, std::vector<ValueMask> &masks)
{
    const core::Id id = fields.id("id");
    const auto found = std::ranges::lower_bound(
        masks, id, {}, [](const ValueMask &mask) { return core::Id(mask.value); });
    if (found == masks.end() || core::Id(found->value) != id || found->mask.counts.empty())
        fields.refuse("has the id " + std::to_string(id) +
                      ", which another segment has, too, or no pixel");
    core::Rle mask = std::move(found->mask);
    found->mask = {};
    const core::Id category = fields.id("category_id");
    if (!m_categories.contains(category))
        fields.refuse("names category " + std::to_string(category) +
                      ", which the file does not have");
    auto &annotations = m_reading.dataset().annotations;
    core::Annotation annotation{id, image.id, category, std::move(mask), fields.flag("iscrowd")};
    annotation.foreign = foreignKeysOf(element, {"id", "category_id", "iscrowd", "bbox", "area"});
    if (!m_ids.insert(id).second) {
        setForeignKey(annotation.foreign, "segment_id", id);
        m_taken.push_back(annotations.size());
    }
    m_largestId = std::max(m_largestId, id);
    annotations.push_back(std::move(annotation));
}

void PanopticReader::replaceTakenIds()
{
    for (const std::size_t i : m_taken)
        m_reading.dataset().annotations[i].id = ++m_largestId;
}

ReadResult PanopticReader::read()
{
    const std::vector<JsonList> tables{list("images", &PanopticReader::addImage),
                                       list("categories", &PanopticReader::addCategory),
                                       {"annotations", {}}};
    const std::vector<JsonList> annotations{list("annotations", &PanopticReader::addAnnotation)};
    const std::vector<std::string> found = readJsonLists(m_file, tables, m_stop);
    for (const char *name : {"images", "categories", "annotations"}) {
        if (std::ranges::find(found, name) == found.end())
            throw core::Error(core::ErrorKind::BadDataset,
                              m_file.string() + " has no list \"" + name +
                                  "\"; it is no file of COCO panoptic.");
    }
    readJsonLists(m_file, annotations, m_stop, m_progress); // reading the PNGs is what takes time
    replaceTakenIds();
    m_reading.dataset().foreign =
        topLevelKeys(m_file, {"images", "categories", "annotations"}, m_stop);
    return std::move(m_reading.result);
}

} // namespace

std::vector<fs::path> panopticFiles(const fs::path &input)
{
    std::vector<fs::path> files;
    std::error_code error;
    if (!fs::is_directory(input, error))
        return isPanoptic(input) ? std::vector{input} : files;
    fs::directory_iterator entry(input, error);
    for (int looks = 1000; !error && entry != fs::directory_iterator() && looks > 0; --looks) {
        if (entry->path().extension() == ".json" && isPanoptic(entry->path()))
            files.push_back(entry->path());
        entry.increment(error);
    }
    std::ranges::sort(files);
    return files;
}

ReadResult readCocoPanoptic(const fs::path &input, const ReadOptions &options, std::stop_token stop,
                            const Progress &progress)
{
    std::error_code ignored;
    fs::path file = input;
    if (fs::is_directory(input, ignored)) {
        const std::vector<fs::path> files = panopticFiles(input);
        if (files.empty())
            throw core::Error(core::ErrorKind::BadDataset,
                              input.string() + " has no JSON of COCO panoptic in it.");
        if (files.size() > 1)
            throw core::Error(core::ErrorKind::BadDataset,
                              input.string() + " has several JSONs of COCO panoptic in it, " +
                                  files[0].filename().string() + " and " +
                                  files[1].filename().string() + "; name one of them.");
        file = files[0];
    }
    return PanopticReader(file, options, std::move(stop), progress).read();
}

} // namespace exporters
