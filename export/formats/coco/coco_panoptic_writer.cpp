// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco/coco_panoptic_writer.h"

#include "core/mask/rle_measure.h"
#include "export/files/file_names.h"
#include "export/files/output_folder.h"
#include "export/json/foreign_keys.h"
#include "export/json/json_list_writer.h"
#include "export/maps/index_png.h"
#include "export/maps/instance_map.h"
#include "export/maps/map_writing.h"

#include <nlohmann/json.hpp>

#include <set>

namespace exporters
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr core::Id mostColors = (1 << 24) - 1;

class PanopticWriter
{
public:
    PanopticWriter(AnnotationSource &source, const std::filesystem::path &target,
                   const WriteOptions &options)
        : m_source(source), m_options(options), m_out(target), m_categories(source.categories()),
          m_numbers(categoryNumbers(m_categories)), m_json(m_out.file("panoptic.json"))
    {
    }

    WriteSummary write(const std::stop_token &stop, const Progress &progress);

private:
    void writeForeign();
    void writeCategories();
    void writeImage(const core::ImageRecord &image);
    void writePicture(const core::ImageRecord &image, const std::string &name, MapWriting &writing);

    AnnotationSource &m_source;
    const WriteOptions &m_options;
    OutputFolder m_out;
    std::vector<core::Category> m_categories;
    std::unordered_map<core::Id, std::uint32_t> m_numbers;
    JsonListWriter m_json;
};

void PanopticWriter::writeForeign()
{
    const Json keys = foreignKeys(m_source.foreign());
    m_json.value(
        "info", keys.value("info", Json{{"description", "Made with Maskwright " MASKWRIGHT_VERSION},
                                        {"version", "1.0"}}));
    m_json.value("licenses", keys.value("licenses", Json::array()));
    for (const auto &[key, value] : keys.items()) {
        if (key != "info" && key != "licenses" && key != "images" && key != "annotations" &&
            key != "categories")
            m_json.value(key, value);
    }
}

void PanopticWriter::writeCategories()
{
    m_json.openList("categories");
    for (const core::Category &category : m_categories) {
        Json element{
            {"id", category.id},
            {"name", category.name},
            {"supercategory", category.supercategory},
            {"isthing", category.isThing ? 1 : 0},
            {"color",
             {category.color >> 16 & 255, category.color >> 8 & 255, category.color & 255}}};
        m_json.element(element, category.foreign);
    }
    m_json.closeList();
}

void PanopticWriter::writeImage(const core::ImageRecord &image)
{
    Json element{{"id", image.id},
                 {"width", image.size.width},
                 {"height", image.size.height},
                 {"file_name", image.fileName}};
    m_json.element(element, image.foreign);
}

/// The colours of the objects: the id of the segment or annotation, where it fits and is free.
std::vector<std::uint32_t> segmentIds(const std::vector<core::Annotation> &objects,
                                      WriteSummary &summary)
{
    std::vector<std::uint32_t> ids{0};
    std::set<core::Id> used{0};
    std::vector<std::size_t> without;
    for (const core::Annotation &object : objects) {
        const Json keys = object.foreign.empty() ? Json::object() : foreignKeys(object.foreign);
        const auto told = keys.find("segment_id");
        const core::Id id =
            told != keys.end() && told->is_number_integer() ? told->get<core::Id>() : object.id;
        const bool fits = id > 0 && id <= mostColors && used.insert(id).second;
        if (!fits)
            without.push_back(ids.size());
        ids.push_back(fits ? static_cast<std::uint32_t>(id) : 0);
    }
    core::Id next = 1;
    for (const std::size_t i : without) {
        while (!used.insert(next).second)
            ++next;
        ids[i] = static_cast<std::uint32_t>(next);
        summary.lose("ids of segments are above 16777215 or used twice and were replaced");
    }
    return ids;
}

void PanopticWriter::writePicture(const core::ImageRecord &image, const std::string &name,
                                  MapWriting &writing)
{
    std::vector<core::Annotation> annotations = m_source.annotations(image.id);
    requireCategories(annotations, m_numbers);
    DrawnObjects drawn =
        drawObjects(image, std::move(annotations), m_options.overlap, writing.summary, 65535);
    for (const core::Annotation &annotation : drawn.boxes)
        writing.summary.lose(annotation.hasMask()
                                 ? "objects beyond the 65535th of a picture were left out"
                                 : "boxes without a mask were left out");
    const std::vector<std::uint32_t> ids = segmentIds(drawn.objects, writing.summary);
    const std::vector<ValueMask> seen = masksOfValues(drawn.map);
    Json segments = Json::array();
    for (std::size_t i = 0; i < drawn.objects.size(); ++i) {
        const core::Annotation &object = drawn.objects[i];
        countUnheld(object, {.crowd = true}, writing.summary);
        const core::PixelRect box = core::boundingBox(seen[i].mask);
        Json segment{{"id", ids[i + 1]},
                     {"category_id", object.categoryId},
                     {"iscrowd", object.isCrowd ? 1 : 0},
                     {"bbox", {box.x, box.y, box.width, box.height}},
                     {"area", core::area(seen[i].mask)}};
        Json keys = foreignKeys(object.foreign);
        keys.erase("segment_id");
        if (!keys.empty())
            addForeignKeys(segment, keys.dump());
        segments.push_back(std::move(segment));
    }
    writeIndexPng(recoded(drawn.map, ids), IndexDepth::Rgb,
                  m_out.file("panoptic/" + name + ".png"));
    m_json.element({{"image_id", image.id},
                    {"file_name", name + ".png"},
                    {"segments_info", std::move(segments)}});
    writing.summary.annotations += drawn.objects.size();
    writing.takePicture(m_out, image, "images/" + image.fileName);
}

WriteSummary PanopticWriter::write(const std::stop_token &stop, const Progress &progress)
{
    const std::vector<core::ImageRecord> images = m_source.images();
    MapWriting writing(images.size(), m_options, stop, progress);
    writeForeign();
    writeCategories();
    m_json.openList("images");
    for (const core::ImageRecord &image : images)
        writeImage(image);
    m_json.closeList();
    m_out.makeFolder("panoptic");
    MapNames names;
    m_json.openList("annotations");
    for (const core::ImageRecord &image : images) {
        writing.beginPicture();
        writePicture(image, names.nameOf(image), writing);
    }
    m_json.closeList();
    m_json.commit();
    writing.finish();
    m_out.commit();
    return writing.summary;
}

} // namespace

WriteSummary writeCocoPanoptic(AnnotationSource &source, const std::filesystem::path &target,
                               const WriteOptions &options, std::stop_token stop,
                               const Progress &progress)
{
    return PanopticWriter(source, target, options).write(stop, progress);
}

} // namespace exporters
