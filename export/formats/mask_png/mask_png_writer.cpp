// SPDX-License-Identifier: Apache-2.0
#include "export/formats/mask_png/mask_png_writer.h"

#include "export/files/file_names.h"
#include "export/files/output_folder.h"
#include "export/json/foreign_keys.h"
#include "export/json/json_list_writer.h"
#include "export/maps/index_png.h"
#include "export/maps/instance_map.h"
#include "export/maps/map_writing.h"
#include "export/splits.h"
#include "export/text/colors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace exporters
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr core::Id mostGrey16 = 65535;
constexpr core::Id mostIndexed = 255;

/// The value of each category: its id, unless one of them is too large for a picture.
std::unordered_map<core::Id, std::uint32_t> valuesOf(const std::vector<core::Category> &categories,
                                                     WriteSummary &summary)
{
    const auto isTooLarge = [](const core::Category &c) { return c.id < 1 || c.id > mostGrey16; };
    const auto tooLarge = std::ranges::count_if(categories, isTooLarge);
    if (tooLarge > 0) {
        summary.lose("ids of categories are above 65535 and all of them were numbered anew",
                     static_cast<std::size_t>(tooLarge));
        return categoryNumbers(categories);
    }
    std::unordered_map<core::Id, std::uint32_t> values;
    for (const core::Category &category : categories)
        values.emplace(category.id, static_cast<std::uint32_t>(category.id));
    return values;
}

class MaskPngWriter
{
public:
    MaskPngWriter(AnnotationSource &source, const std::filesystem::path &target,
                  const WriteOptions &options)
        : m_source(source), m_options(options), m_out(target), m_categories(source.categories()),
          m_table(m_out.file("classes.json"))
    {
    }

    WriteSummary write(const std::stop_token &stop, const Progress &progress);

private:
    void writeClasses();
    void writePicture(const core::ImageRecord &image, MapWriting &writing);
    void writeMaps(const std::string &name, const DrawnObjects &drawn);
    Json toJson(const core::Annotation &object, std::size_t value) const;

    AnnotationSource &m_source;
    const WriteOptions &m_options;
    OutputFolder m_out;
    std::vector<core::Category> m_categories;
    JsonListWriter m_table;
    std::unordered_map<core::Id, std::uint32_t> m_values;
    std::vector<core::Color> m_palette; ///< empty: a class is above 255
    MapNames m_names;
};

void MaskPngWriter::writeClasses()
{
    std::uint32_t largest = 0;
    m_table.openList("classes");
    for (const core::Category &category : m_categories) {
        const std::uint32_t value = m_values.at(category.id);
        largest = std::max(largest, value);
        Json element{{"id", value},
                     {"name", category.name},
                     {"supercategory", category.supercategory},
                     {"color", hexColor(category.color)},
                     {"thing", category.isThing}};
        m_table.element(element, category.foreign);
    }
    m_table.closeList();
    if (largest > mostIndexed)
        return;
    m_palette.resize(mostIndexed + 1);
    for (const core::Category &category : m_categories)
        m_palette[m_values.at(category.id)] = category.color;
}

void MaskPngWriter::writeMaps(const std::string &name, const DrawnObjects &drawn)
{
    std::vector<std::uint32_t> classes{0};
    for (const core::Annotation &object : drawn.objects)
        classes.push_back(m_values.at(object.categoryId));
    writeIndexPng(recoded(drawn.map, classes),
                  m_palette.empty() ? IndexDepth::Grey16 : IndexDepth::Palette,
                  m_out.file("classes/" + name + ".png"), m_palette);
    writeIndexPng(drawn.map, IndexDepth::Grey16, m_out.file("instances/" + name + ".png"));
}

Json MaskPngWriter::toJson(const core::Annotation &object, std::size_t value) const
{
    Json element{{"value", value}, {"class", m_values.at(object.categoryId)}, {"id", object.id}};
    if (object.isCrowd)
        element["crowd"] = true;
    if (object.track != 0)
        element["track"] = object.track;
    if (object.score)
        element["score"] = *object.score;
    addForeignKeys(element, object.foreign);
    return element;
}

void MaskPngWriter::writePicture(const core::ImageRecord &image, MapWriting &writing)
{
    std::vector<core::Annotation> annotations = m_source.annotations(image.id);
    requireCategories(annotations, m_values);
    const DrawnObjects drawn = drawObjects(image, std::move(annotations), m_options.overlap,
                                           writing.summary, std::size_t(mostGrey16));
    for (const core::Annotation &annotation : drawn.boxes)
        writing.summary.lose(annotation.hasMask()
                                 ? "objects beyond the 65535th of a picture were left out"
                                 : "boxes without a mask were left out");
    const std::string name = m_names.nameOf(image);
    writeMaps(name, drawn);
    Json element{{"id", image.id},
                 {"file_name", image.fileName},
                 {"width", image.size.width},
                 {"height", image.size.height},
                 {"classes_file", "classes/" + name + ".png"},
                 {"instances_file", "instances/" + name + ".png"},
                 {"instances", Json::array()}};
    if (m_options.split)
        element["split"] = targetSplit(image, m_options);
    for (std::size_t i = 0; i < drawn.objects.size(); ++i)
        element["instances"].push_back(toJson(drawn.objects[i], i + 1));
    m_table.element(element, image.foreign);
    writing.summary.annotations += drawn.objects.size();
    writing.takePicture(m_out, image, "images/" + image.fileName);
}

WriteSummary MaskPngWriter::write(const std::stop_token &stop, const Progress &progress)
{
    const std::vector<core::ImageRecord> images = m_source.images();
    MapWriting writing(images.size(), m_options, stop, progress);
    m_values = valuesOf(m_categories, writing.summary);
    writeClasses();
    m_table.openList("pictures");
    for (const core::ImageRecord &image : images) {
        writing.beginPicture();
        writePicture(image, writing);
    }
    m_table.closeList();
    // Last: a look at the beginning of the file shows what it is.
    const Json keys = foreignKeys(m_source.foreign());
    for (const auto &[key, value] : keys.items()) {
        if (key != "classes" && key != "pictures")
            m_table.value(key, value);
    }
    m_table.commit();
    writing.finish();
    m_out.commit();
    return writing.summary;
}

} // namespace

WriteSummary writeMaskPng(AnnotationSource &source, const std::filesystem::path &target,
                          const WriteOptions &options, std::stop_token stop,
                          const Progress &progress)
{
    return MaskPngWriter(source, target, options).write(stop, progress);
}

} // namespace exporters
