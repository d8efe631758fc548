// SPDX-License-Identifier: Apache-2.0
#include "export/formats/voc/voc_reader.h"

#include "core/geometry/box_overlap.h"
#include "core/mask/rle_measure.h"
#include "export/files/image_path.h"
#include "export/files/picture_size.h"
#include "export/formats/voc/voc_folder.h"
#include "export/formats/voc/voc_labels.h"
#include "export/formats/voc/voc_xml.h"
#include "export/maps/map_reading.h"
#include "export/splits.h"
#include "export/text/text_file.h"

#include <algorithm>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;

class VocReader
{
public:
    VocReader(const fs::path &folder, const ReadOptions &options, std::stop_token stop,
              const Progress &progress)
        : m_folder(folder), m_reading(std::move(stop), progress),
          m_pictures({options.imageFolder, folder / "JPEGImages"}),
          m_categories(m_reading.dataset().categories)
    {
    }

    ReadResult read();

private:
    struct Maps {
        std::optional<IndexMap> objects;
        std::optional<IndexMap> classes;
    };

    void readLabels();
    void readPicture(const std::string &name);
    std::optional<VocFile> readXml(const fs::path &file);
    std::optional<IndexMap> readMap(const fs::path &file,
                                    const std::unordered_map<std::uint32_t, std::uint32_t> &colors);
    Maps readMaps(const std::string &name);
    std::string fileNameOf(const std::string &name, const VocFile &xml, const fs::path &xmlFile);
    void addClassRegions(const core::ImageRecord &image, const IndexMap &classes,
                         const fs::path &file);
    void addObjects(const core::ImageRecord &image, const Maps &maps, VocFile &xml,
                    const fs::path &file);
    void addBoxes(const core::ImageRecord &image, const VocFile &xml, const fs::path &file);

    fs::path m_folder;
    MapReading m_reading;
    PicturesBeside m_pictures;
    VocCategories m_categories;
    std::unordered_map<std::string, std::string> m_splits;
    std::unordered_map<std::uint32_t, std::uint32_t> m_classColors;
    std::unordered_map<std::uint32_t, std::uint32_t> m_objectColors = valuesOfColors(vocPalette());
};

void VocReader::readLabels()
{
    const fs::path file = m_folder / "labelmap.txt";
    std::error_code ignored;
    std::vector<core::Color> colors{0};
    if (const std::optional<std::string> text = readSmallText(file)) {
        std::vector<std::size_t> broken;
        for (const core::Category &label : parseLabelMap(*text, broken)) {
            // One that has a colour is a category that is called so.
            if (label.name == "background" && label.color == 0)
                continue;
            m_categories.add(label.name.empty() ? "class " + std::to_string(colors.size())
                                                : label.name,
                             label.color);
            colors.push_back(label.color);
        }
        for (const std::size_t line : broken)
            m_reading.error("label-line", file, "line " + std::to_string(line),
                            "this is no name:red,green,blue:parts:actions and was left out.");
    } else if (fs::is_directory(m_folder / "SegmentationClass", ignored)) {
        for (const std::string_view name : vocClasses()) {
            m_categories.add(std::string(name), vocPalette()[colors.size()]);
            colors.push_back(vocPalette()[colors.size()]);
        }
    }
    m_classColors = valuesOfColors(colors);
    m_classColors.emplace(toValue(vocPalette()[vocVoid]), vocVoid);
}

std::optional<VocFile> VocReader::readXml(const fs::path &file)
{
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return {};
    try {
        return readVocFile(file);
    } catch (const core::Error &problem) {
        m_reading.error("xml", file, "", problem.what());
        return {};
    }
}

std::optional<IndexMap>
VocReader::readMap(const fs::path &file,
                   const std::unordered_map<std::uint32_t, std::uint32_t> &colors)
{
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return {};
    std::optional<IndexPng> png = m_reading.map(file);
    if (!png)
        return {};
    if (png->isColor && !m_reading.replaceColors(png->map, colors, file))
        return {};
    return std::move(png->map);
}

VocReader::Maps VocReader::readMaps(const std::string &name)
{
    const fs::path objects = m_folder / "SegmentationObject" / (name + ".png");
    const fs::path classes = m_folder / "SegmentationClass" / (name + ".png");
    Maps maps{readMap(objects, m_objectColors), readMap(classes, m_classColors)};
    if (maps.objects && maps.classes && maps.objects->size != maps.classes->size) {
        m_reading.error("map-size", classes, "",
                        "it is " + sizeText(maps.classes->size) +
                            " pixels, but the map of objects "
                            "is " +
                            sizeText(maps.objects->size) + "; it was left out.");
        maps.classes.reset();
    }
    if (maps.objects && !m_reading.fits(*maps.objects, objects, m_pictures, name))
        maps = {};
    if (maps.classes && !m_reading.fits(*maps.classes, classes, m_pictures, name))
        maps = {};
    return maps;
}

std::string VocReader::fileNameOf(const std::string &name, const VocFile &xml,
                                  const fs::path &xmlFile)
{
    const std::string beside = m_pictures.find(name).value_or(name + ".jpg");
    if (xml.fileName.empty())
        return beside;
    try {
        resolveImagePath(m_folder, xml.fileName);
    } catch (const core::Error &problem) {
        m_reading.error("file-name", xmlFile, "filename", problem.what());
        return beside;
    }
    const bool isBare = xml.fileName.find('/') == xml.fileName.npos;
    return isBare ? name.substr(0, name.rfind('/') + 1) + xml.fileName : xml.fileName;
}

void VocReader::addClassRegions(const core::ImageRecord &image, const IndexMap &classes,
                                const fs::path &file)
{
    for (ValueMask &region : m_reading.masks(classes, file)) {
        if (region.value != vocVoid)
            m_reading.addAnnotation(image.id, m_categories.ofIndex(region.value),
                                    std::move(region.mask));
    }
}

/// The XML's object that is the mask's: of its class, where that is known, and with at least half
/// its box in common, the most alike.
std::optional<std::size_t> bestObject(const core::Rle &mask, const std::string *name,
                                      const VocFile &xml)
{
    const core::PixelRect rect = core::boundingBox(mask);
    const core::Box box{rect.x - 0.5, rect.y - 0.5, rect.x + rect.width - 0.5,
                        rect.y + rect.height - 0.5};
    std::optional<std::size_t> best;
    double most = 0.5;
    for (std::size_t i = 0; i < xml.objects.size(); ++i) {
        const VocObject &object = xml.objects[i];
        if (!object.box || (name != nullptr && object.name != *name))
            continue;
        const double overlap = core::iou(*object.box, box);
        if (overlap > most || (!best && overlap == most)) {
            most = overlap;
            best = i;
        }
    }
    return best;
}

void VocReader::addObjects(const core::ImageRecord &image, const Maps &maps, VocFile &xml,
                           const fs::path &file)
{
    std::unordered_map<std::uint32_t, std::uint32_t> classOf;
    if (maps.classes)
        classOf = mostFrequentValues(*maps.objects, *maps.classes, vocVoid);
    for (ValueMask &object : m_reading.masks(*maps.objects, file)) {
        if (object.value == vocVoid)
            continue;
        const std::uint32_t index = classOf.contains(object.value) ? classOf[object.value] : 0;
        const core::Id known = index == 0 ? 0 : m_categories.ofIndex(index);
        const auto match = bestObject(
            object.mask,
            known == 0 ? nullptr : &m_reading.dataset().categories[std::size_t(known - 1)].name,
            xml);
        if (known == 0 && !match) {
            m_reading.error("no-class", file, "value " + std::to_string(object.value),
                            "neither the map of classes nor the XML tells the object's class; it "
                            "was left out.");
            continue;
        }
        core::Annotation &annotation = m_reading.addAnnotation(
            image.id, known == 0 ? m_categories.ofName(xml.objects[*match].name) : known,
            std::move(object.mask));
        if (match) {
            annotation.foreign = std::move(xml.objects[*match].foreign);
            xml.objects.erase(xml.objects.begin() + std::ptrdiff_t(*match));
        }
    }
}

void VocReader::addBoxes(const core::ImageRecord &image, const VocFile &xml, const fs::path &file)
{
    for (const VocObject &object : xml.objects) {
        const std::string place = "object \"" + object.name + "\"";
        if (object.name.empty() || !object.box) {
            m_reading.error("object", file, place,
                            "it has no name or no box of four numbers and was left out.");
            continue;
        }
        core::Box box = *object.box;
        box = {std::max(box.x0, -0.5), std::max(box.y0, -0.5),
               std::min(box.x1, image.size.width - 0.5), std::min(box.y1, image.size.height - 0.5)};
        if (box.x1 <= box.x0 || box.y1 <= box.y0) {
            m_reading.error("box", file, place,
                            "its box is empty or outside the picture; it was left out.");
            continue;
        }
        // Programs that count from 0 are one pixel beyond the edge.
        if (std::max({box.x0 - object.box->x0, box.y0 - object.box->y0, object.box->x1 - box.x1,
                      object.box->y1 - box.y1}) > 1)
            m_reading.warning("box-outside", file, place,
                              "its box leads out of the picture and was cut.");
        core::Annotation &annotation = m_reading.addAnnotation(
            image.id, m_categories.ofName(object.name), core::Rle{image.size, {}});
        annotation.box = box;
        annotation.foreign = object.foreign;
    }
}

void VocReader::readPicture(const std::string &name)
{
    const fs::path xmlFile = m_folder / "Annotations" / (name + ".xml");
    const fs::path objectFile = m_folder / "SegmentationObject" / (name + ".png");
    VocFile xml = readXml(xmlFile).value_or(VocFile());
    const Maps maps = readMaps(name);
    core::Size size = maps.objects   ? maps.objects->size
                      : maps.classes ? maps.classes->size
                                     : m_pictures.sizeOf(name).value_or(xml.size);
    if (size.isEmpty()) {
        m_reading.error("no-size", xmlFile, "",
                        "nothing tells how large the picture is; it was left out.");
        return;
    }
    if (!xml.size.isEmpty() && xml.size != size)
        m_reading.warning("size-mismatch", xmlFile, "size",
                          "it says " + sizeText(xml.size) + ", but the picture is " +
                              sizeText(size) + ".");
    const core::ImageRecord image = [&] {
        core::ImageRecord &record = m_reading.addImage(fileNameOf(name, xml, xmlFile), size);
        record.foreign = xml.foreign;
        if (const auto split = m_splits.find(name); split != m_splits.end())
            setSplit(record, split->second);
        return record;
    }();
    if (maps.objects)
        addObjects(image, maps, xml, objectFile);
    else if (maps.classes)
        addClassRegions(image, *maps.classes, m_folder / "SegmentationClass" / (name + ".png"));
    addBoxes(image, xml, xmlFile);
}

ReadResult VocReader::read()
{
    requireFolder(m_folder, {"Annotations", "SegmentationObject", "SegmentationClass"},
                  "a folder of Pascal VOC");
    readLabels();
    m_splits = vocSplits(m_folder);
    const std::vector<std::string> all = vocNames(m_folder);
    std::size_t done = 0;
    for (const std::string &name : all) {
        m_reading.step(done++, all.size());
        readPicture(name);
    }
    return std::move(m_reading.result);
}

} // namespace

ReadResult readVoc(const fs::path &folder, const ReadOptions &options, std::stop_token stop,
                   const Progress &progress)
{
    return VocReader(folder, options, std::move(stop), progress).read();
}

} // namespace exporters
