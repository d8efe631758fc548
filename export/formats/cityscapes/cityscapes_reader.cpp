// SPDX-License-Identifier: Apache-2.0
#include "export/formats/cityscapes/cityscapes_reader.h"

#include "core/image/natural_order.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_polygon.h"
#include "export/files/file_names.h"
#include "export/files/image_path.h"
#include "export/formats/cityscapes/cityscapes_labels.h"
#include "export/json/json_fields.h"
#include "export/maps/map_reading.h"
#include "export/splits.h"
#include "export/text/text_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::uint32_t numbersOfClass = 1000;

class CityscapesReader
{
public:
    CityscapesReader(const fs::path &folder, const ReadOptions &options, std::stop_token stop,
                     const Progress &progress)
        : m_folder(folder), m_reading(std::move(stop), progress),
          m_pictures({options.imageFolder, folder / "leftImg8bit"})
    {
    }

    ReadResult read();

private:
    void readLabels();
    void readSamples(const std::string &kind);
    void readSample(const fs::path &folder, const std::string &start, const std::string &kind);
    void addMap(const std::string &place, const fs::path &file, bool hasInstances);
    core::Id addImage(const std::string &place, core::Size size, const std::string &nameInFile);
    struct Shape {
        core::Id category;
        bool isCrowd;
        core::Rle mask;
    };
    void addShape(const JsonFields &fields, core::Size size, std::vector<Shape> &shapes) const;
    static void keepSeen(std::vector<Shape> &shapes, core::Size size);
    void addPolygons(const std::string &place, const fs::path &file);
    core::Id categoryOf(std::uint32_t label, const fs::path &file);
    void settleCrowds();

    fs::path m_folder;
    MapReading m_reading;
    PicturesBeside m_pictures;
    std::map<std::uint32_t, core::Id> m_known; ///< category of a label's number
    std::map<std::string, core::Id> m_byName;
    std::set<core::Id> m_counted;    ///< categories that have objects with numbers
    std::vector<std::size_t> m_bare; ///< annotations that are a class alone
};

void CityscapesReader::readLabels()
{
    std::vector<CityscapesLabel> labels = originalLabels();
    if (const auto text = readSmallText(m_folder / "label_colors.txt"))
        labels = parseLabelColors(*text);
    auto &categories = m_reading.dataset().categories;
    for (const CityscapesLabel &label : labels) {
        if (label.id == 0)
            continue;
        core::Category category;
        category.id = core::Id(categories.size() + 1); // the label's own, where it has one
        category.name = label.name;
        category.supercategory = label.group;
        category.color = label.color;
        category.isThing = label.hasInstances;
        if (label.id > 0)
            m_known.emplace(std::uint32_t(label.id), category.id);
        m_byName.emplace(label.name, category.id);
        if (label.hasInstances)
            m_counted.insert(category.id);
        categories.push_back(std::move(category));
    }
}

core::Id CityscapesReader::categoryOf(std::uint32_t label, const fs::path &file)
{
    const auto known = m_known.find(label);
    if (known != m_known.end())
        return known->second;
    auto &categories = m_reading.dataset().categories;
    core::Category category;
    category.id = core::Id(categories.size() + 1);
    category.name = "class " + std::to_string(label);
    m_reading.warning("no-label", file, "class " + std::to_string(label),
                      "no label has this number; it was called \"" + category.name + "\".");
    m_known.emplace(label, category.id);
    categories.push_back(std::move(category));
    return categories.back().id;
}

core::Id CityscapesReader::addImage(const std::string &place, core::Size size,
                                    const std::string &nameInFile)
{
    std::string name = m_pictures.find(place + "_leftImg8bit").value_or("");
    if (name.empty() && !nameInFile.empty()) {
        try {
            resolveImagePath(m_folder, nameInFile);
            name = nameInFile;
        } catch (const core::Error &problem) {
            m_reading.error("file-name", m_folder / place, "", problem.what());
        }
    }
    core::ImageRecord &image =
        m_reading.addImage(name.empty() ? place + "_leftImg8bit.png" : name, size);
    const std::size_t slash = place.find('/');
    if (slash != place.npos)
        setSplit(image, place.substr(0, slash));
    return image.id;
}

void CityscapesReader::addMap(const std::string &place, const fs::path &file, bool hasInstances)
{
    const std::optional<IndexPng> png = m_reading.map(file);
    if (!png)
        return;
    if (png->isColor) {
        m_reading.error("map-kind", file, "",
                        "it is a picture of colours, not of numbers; it was left out.");
        return;
    }
    const core::Id image = addImage(place, png->map.size, png->pictureName);
    if (!m_reading.fits(png->map, file, m_pictures, place + "_leftImg8bit"))
        return;
    for (ValueMask &object : m_reading.masks(png->map, file)) {
        const bool isCounted = hasInstances && object.value >= numbersOfClass;
        const core::Id category =
            categoryOf(isCounted ? object.value / numbersOfClass : object.value, file);
        if (isCounted)
            m_counted.insert(category);
        else if (hasInstances)
            m_bare.push_back(m_reading.dataset().annotations.size());
        m_reading.addAnnotation(image, category, std::move(object.mask));
    }
}

core::Rle polygonOf(const JsonFields &fields, core::Size size)
{
    const Json *polygon = fields.find("polygon");
    if (polygon == nullptr || !polygon->is_array() || polygon->size() < 3)
        fields.refuse("has no polygon of three points or more");
    std::vector<double> xy;
    for (const Json &point : *polygon) {
        const std::vector<double> pair = fields.numbers(point, "a point");
        if (pair.size() != 2)
            fields.refuse("has a point that is not two numbers");
        xy.insert(xy.end(), {pair[0] + 0.5, pair[1] + 0.5}); // from middles to corners of pixels
    }
    return core::rleFromPolygon(xy, size);
}

void CityscapesReader::addShape(const JsonFields &fields, core::Size size,
                                std::vector<Shape> &shapes) const
{
    constexpr std::string_view group = "group";
    if (fields.flag("deleted"))
        return;
    std::string label = fields.text("label");
    const bool isGroup = !m_byName.contains(label) && label.ends_with(group);
    if (isGroup)
        label.resize(label.size() - group.size());
    if (label == originalLabels().front().name)
        return;
    const auto category = m_byName.find(label);
    if (category == m_byName.end())
        fields.refuse("has the unknown label \"" + label + "\"");
    shapes.push_back({category->second, isGroup, polygonOf(fields, size)});
}

/// Later polygons lie over earlier ones; what is wholly covered goes. On run lengths: the size is
/// only what the file claims.
void CityscapesReader::keepSeen(std::vector<Shape> &shapes, core::Size size)
{
    core::Rle covered{size, {static_cast<std::uint32_t>(size.area())}};
    for (auto shape = shapes.rbegin(); shape != shapes.rend(); ++shape) {
        core::Rle seen = core::combine(shape->mask, covered, core::SetOperation::Difference);
        covered = core::combine(covered, shape->mask, core::SetOperation::Union);
        shape->mask = std::move(seen);
    }
    std::erase_if(shapes, [](const Shape &shape) { return core::area(shape.mask) == 0; });
}

void CityscapesReader::addPolygons(const std::string &place, const fs::path &file)
{
    std::vector<Shape> shapes;
    core::Size size;
    m_reading.guarded("polygons", file, "", [&] {
        const Json root = Json::parse(readSmallText(file).value_or(""), nullptr, false);
        const JsonFields fields(root, "it");
        const Json *objects = fields.find("objects");
        if (objects == nullptr || !objects->is_array())
            fields.refuse("has no list \"objects\"");
        size = fields.size("imgWidth", "imgHeight");
        for (std::size_t i = 0; i < objects->size(); ++i) {
            const std::string where = "objects[" + std::to_string(i) + "]";
            m_reading.guarded("polygon", file, where,
                              [&] { addShape(JsonFields((*objects)[i], where), size, shapes); });
        }
    });
    if (size.isEmpty())
        return;
    const core::Id image = addImage(place, size, "");
    keepSeen(shapes, size);
    for (Shape &shape : shapes)
        m_reading.addAnnotation(image, shape.category, std::move(shape.mask)).isCrowd =
            shape.isCrowd;
}

void CityscapesReader::readSample(const fs::path &folder, const std::string &start,
                                  const std::string &kind)
{
    const std::string place = start.substr(0, start.size() - kind.size() - 2);
    std::error_code ignored;
    for (const auto &[name, hasInstances] :
         {std::pair("instanceIds.png", true), std::pair("labelIds.png", false)}) {
        if (fs::exists(folder / (start + name), ignored)) {
            addMap(place, folder / (start + name), hasInstances);
            return;
        }
    }
    addPolygons(place, folder / (start + "polygons.json"));
}

void CityscapesReader::readSamples(const std::string &kind)
{
    const fs::path folder = m_folder / kind;
    const auto less = [](const std::string &a, const std::string &b) {
        return core::naturalLess(a, b);
    };
    std::set<std::string, decltype(less)> starts(less);
    for (const char *ending : {"instanceIds.png", "labelIds.png", "polygons.json"}) {
        const std::string whole = "_" + kind + "_" + ending;
        for (const std::string &file : filesBelow(folder, whole))
            starts.insert(file.substr(0, file.size() - std::string_view(ending).size()));
    }
    std::size_t done = 0;
    for (const std::string &start : starts) {
        m_reading.step(done++, starts.size());
        readSample(folder, start, kind);
    }
}

/// A class alone is a crowd where the class is one that is counted.
void CityscapesReader::settleCrowds()
{
    for (core::Category &category : m_reading.dataset().categories)
        category.isThing = m_counted.contains(category.id);
    for (const std::size_t i : m_bare) {
        core::Annotation &annotation = m_reading.dataset().annotations[i];
        annotation.isCrowd = m_counted.contains(annotation.categoryId);
    }
}

ReadResult CityscapesReader::read()
{
    requireFolder(m_folder, {"gtFine", "gtCoarse"}, "a folder of Cityscapes");
    readLabels();
    readSamples("gtFine");
    if (m_reading.dataset().images.empty())
        readSamples("gtCoarse");
    settleCrowds();
    return std::move(m_reading.result);
}

} // namespace

ReadResult readCityscapes(const fs::path &input, const ReadOptions &options, std::stop_token stop,
                          const Progress &progress)
{
    return CityscapesReader(input, options, std::move(stop), progress).read();
}

} // namespace exporters
