// SPDX-License-Identifier: Apache-2.0
#include "export/formats/mask_png/mask_png_reader.h"

#include "core/file/file_error.h"
#include "export/files/file_names.h"
#include "export/files/image_path.h"
#include "export/files/picture_size.h"
#include "export/json/foreign_keys.h"
#include "export/json/json_fields.h"
#include "export/json/json_lists.h"
#include "export/json/json_top_level.h"
#include "export/maps/map_reading.h"
#include "export/text/colors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <unordered_set>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char *tableName = "classes.json";

class MaskPngReader
{
public:
    MaskPngReader(const fs::path &folder, const ReadOptions &options, std::stop_token stop,
                  const Progress &progress)
        : m_folder(folder), m_tableFile(folder / tableName), m_stop(stop),
          m_reading(stop, progress), m_progress(progress),
          m_pictures({options.imageFolder, folder / "images"})
    {
    }

    ReadResult read();

private:
    void addClass(std::size_t index, const Json &element);
    void addPicture(std::size_t index, const Json &element);
    void addInstances(const core::ImageRecord &image, const JsonFields &fields, const IndexMap &map,
                      const fs::path &file);
    void addInstance(const core::ImageRecord &image, const Json &element,
                     const JsonFields &instance, std::vector<ValueMask> &masks,
                     const fs::path &file);
    void readPictures();
    void readOthers();
    void addRegions(const std::string &fileName);
    core::Id classOf(std::uint32_t value);
    void guarded(const std::string &place, const std::function<void()> &read)
    {
        m_reading.guarded("table-entry", m_tableFile, place, read);
    }
    std::function<void(std::size_t, const EntryError &)> onBroken(const char *list)
    {
        return [this, list](std::size_t index, const EntryError &error) {
            const std::string place = std::string(list) + "[" + std::to_string(index) + "]";
            m_reading.result.findings.add(findingOf(error, {m_tableFile.string(), place}));
        };
    }

    fs::path m_folder;
    fs::path m_tableFile;
    std::stop_token m_stop;
    MapReading m_reading;
    const Progress &m_progress;
    PicturesBeside m_pictures;
    std::unordered_set<core::Id> m_classIds;
    std::unordered_set<core::Id> m_imageIds;
    std::unordered_set<core::Id> m_annotationIds;
    std::unordered_map<std::uint32_t, std::uint32_t> m_colors{{0, 0}}; ///< of classes
};

void MaskPngReader::addClass(std::size_t index, const Json &element)
{
    const std::string place = "classes[" + std::to_string(index) + "]";
    guarded(place, [&] {
        const JsonFields fields(element, place);
        core::Category category;
        category.id = fields.id("id");
        category.name = fields.text("name");
        category.supercategory = fields.textOr("supercategory", "");
        category.isThing = fields.find("thing") == nullptr || fields.flag("thing");
        if (category.id == 0)
            return; // the background
        if (m_classIds.contains(category.id))
            fields.refuse("has an id that another class has, too");
        if (const Json *color = fields.find("color")) {
            const std::optional<core::Color> known = colorFrom(*color);
            if (!known)
                fields.refuse("has no \"#rrggbb\" as \"color\"");
            category.color = *known;
            m_colors.emplace(toValue(*known), std::uint32_t(category.id));
        }
        m_classIds.insert(category.id);
        category.foreign =
            foreignKeysOf(element, {"id", "name", "supercategory", "color", "thing"});
        m_reading.dataset().categories.push_back(std::move(category));
    });
}

void MaskPngReader::addPicture(std::size_t index, const Json &element)
{
    m_reading.requireRunning(); // a picture takes long
    const std::string place = "pictures[" + std::to_string(index) + "]";
    guarded(place, [&] {
        const JsonFields fields(element, place);
        core::ImageRecord image{fields.id("id"), fields.text("file_name"),
                                fields.size("width", "height")};
        resolveImagePath(m_folder, image.fileName);
        if (image.id == 0 || !m_imageIds.insert(image.id).second)
            fields.refuse("has the id 0, or one that another picture has, too");
        image.foreign = foreignKeysOf(element, {"id", "file_name", "width", "height",
                                                "classes_file", "instances_file", "instances"});
        m_reading.dataset().images.push_back(image);

        const fs::path file = resolveImagePath(m_folder, fields.text("instances_file"));
        const std::optional<IndexPng> png = m_reading.map(file);
        if (!png)
            return;
        if (png->map.size != image.size)
            m_reading.error("map-size", file, "",
                            "it is " + sizeText(png->map.size) + " pixels, but " + place +
                                " says " + sizeText(image.size) + "; its objects were left out.");
        else if (m_reading.fits(png->map, file, m_pictures,
                                std::string(withoutEnding(image.fileName))))
            addInstances(image, fields, png->map, file);
    });
}

void MaskPngReader::addInstances(const core::ImageRecord &image, const JsonFields &fields,
                                 const IndexMap &map, const fs::path &file)
{
    const Json *instances = fields.find("instances");
    if (instances == nullptr || !instances->is_array())
        fields.refuse("has no list \"instances\"");
    std::vector<ValueMask> masks = m_reading.masks(map, file);
    for (std::size_t i = 0; i < instances->size(); ++i) {
        const std::string place = fields.where() + ": instances[" + std::to_string(i) + "]";
        const Json &element = (*instances)[i];
        guarded(place,
                [&] { addInstance(image, element, JsonFields(element, place), masks, file); });
    }
    for (const ValueMask &left : masks) {
        if (!left.mask.counts.empty())
            m_reading.error("no-class", file, "value " + std::to_string(left.value),
                            "nothing says what it is; its pixels were left out.");
    }
}

void MaskPngReader::addInstance(const core::ImageRecord &image, const Json &element,
                                const JsonFields &instance, std::vector<ValueMask> &masks,
                                const fs::path &file)
{
    core::Annotation annotation;
    const core::Id value = instance.id("value");
    annotation.id = instance.id("id");
    annotation.imageId = image.id;
    annotation.categoryId = instance.id("class");
    annotation.isCrowd = instance.flag("crowd");
    annotation.track = instance.find("track") == nullptr ? 0 : instance.id("track");
    if (const Json *score = instance.find("score"); score != nullptr && score->is_number())
        annotation.score = score->get<double>();
    if (!m_classIds.contains(annotation.categoryId))
        instance.refuse("names class " + std::to_string(annotation.categoryId) +
                        ", which the file does not have");
    const auto found = std::ranges::lower_bound(
        masks, value, {}, [](const ValueMask &mask) { return core::Id(mask.value); });
    if (found == masks.end() || core::Id(found->value) != value || found->mask.counts.empty())
        instance.refuse("has a value of which " + file.filename().string() + " has no pixel");
    if (annotation.id == 0 || !m_annotationIds.insert(annotation.id).second)
        instance.refuse("has the id 0, or one that another instance has, too");
    annotation.mask = std::move(found->mask);
    annotation.foreign =
        foreignKeysOf(element, {"value", "class", "id", "crowd", "track", "score"});
    m_reading.dataset().annotations.push_back(std::move(annotation));
}

void MaskPngReader::readPictures()
{
    const std::vector<JsonList> pictures{
        {"pictures", [this](std::size_t i, const Json &e) { addPicture(i, e); },
         onBroken("pictures")}};
    readJsonLists(m_tableFile, pictures, m_stop, m_progress);
    m_reading.dataset().foreign = topLevelKeys(m_tableFile, {"classes", "pictures"}, m_stop);
}

core::Id MaskPngReader::classOf(std::uint32_t value)
{
    if (m_classIds.insert(core::Id(value)).second) {
        core::Category category;
        category.id = core::Id(value);
        category.name = "class " + std::to_string(value);
        m_reading.dataset().categories.push_back(std::move(category));
    }
    return core::Id(value);
}

void MaskPngReader::addRegions(const std::string &fileName)
{
    const fs::path file = m_folder / fileName;
    std::optional<IndexPng> png = m_reading.map(file);
    if (!png || (png->isColor && !m_reading.replaceColors(png->map, m_colors, file)))
        return;
    // classes/a.png belongs to images/a.jpg.
    std::string name(withoutEnding(fileName));
    if (name.starts_with("classes/"))
        name.erase(0, std::string_view("classes/").size());
    const core::Id image =
        m_reading.addImage(m_pictures.find(name).value_or(fileName), png->map.size).id;
    if (!m_reading.fits(png->map, file, m_pictures, name))
        return;
    for (ValueMask &region : m_reading.masks(png->map, file))
        m_reading.addAnnotation(image, classOf(region.value), std::move(region.mask));
}

void MaskPngReader::readOthers()
{
    std::vector<std::string> files = filesBelow(m_folder, ".png");
    std::erase_if(files, [](const std::string &name) { return name.starts_with("images/"); });
    if (files.empty())
        throw core::Error(core::ErrorKind::BadDataset,
                          m_folder.string() + " has no PNG in it that could be read.");
    for (std::size_t i = 0; i < files.size(); ++i) {
        m_reading.step(i, files.size());
        addRegions(files[i]);
    }
    std::ranges::sort(m_reading.dataset().categories, {}, &core::Category::id);
}

ReadResult MaskPngReader::read()
{
    std::error_code ignored;
    if (!fs::is_directory(m_folder, ignored))
        throw core::readError(m_folder, fs::exists(m_folder, ignored) ? ENOTDIR : ENOENT);
    std::vector<std::string> found;
    if (fs::exists(m_tableFile, ignored)) {
        const std::vector<JsonList> lists{{"classes",
                                           [this](std::size_t i, const Json &e) { addClass(i, e); },
                                           onBroken("classes")},
                                          {"pictures", {}}};
        found = readJsonLists(m_tableFile, lists, m_stop);
    }
    if (std::ranges::find(found, "pictures") != found.end())
        readPictures();
    else
        readOthers();
    return std::move(m_reading.result);
}

} // namespace

ReadResult readMaskPng(const fs::path &input, const ReadOptions &options, std::stop_token stop,
                       const Progress &progress)
{
    return MaskPngReader(input, options, std::move(stop), progress).read();
}

} // namespace exporters
