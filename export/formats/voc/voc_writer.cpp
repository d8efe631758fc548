// SPDX-License-Identifier: Apache-2.0
#include "export/formats/voc/voc_writer.h"

#include "core/mask/rle_measure.h"
#include "export/files/file_names.h"
#include "export/files/output_folder.h"
#include "export/formats/voc/voc_labels.h"
#include "export/formats/voc/voc_xml.h"
#include "export/maps/index_png.h"
#include "export/maps/instance_map.h"
#include "export/maps/map_writing.h"
#include "export/splits.h"

#include <cmath>
#include <map>

namespace exporters
{
namespace
{

core::Box boxOf(const core::Rle &mask)
{
    const core::PixelRect rect = core::boundingBox(mask);
    return {rect.x - 0.5, rect.y - 0.5, rect.x + rect.width - 0.5, rect.y + rect.height - 0.5};
}

bool isWhole(const core::Box &box)
{
    for (const double side : {box.x0, box.y0, box.x1, box.y1}) {
        if (std::abs(side + 0.5 - std::round(side + 0.5)) > 1e-6)
            return false;
    }
    return true;
}

class VocWriter
{
public:
    VocWriter(AnnotationSource &source, const std::filesystem::path &target,
              const WriteOptions &options)
        : m_source(source), m_options(options), m_out(target),
          m_categories(namedCategories(source.categories())),
          m_numbers(categoryNumbers(m_categories))
    {
    }

    WriteSummary write(const std::stop_token &stop, const Progress &progress);

private:
    void writePicture(const core::ImageRecord &image, MapWriting &writing);
    void writeMaps(const std::string &name, const DrawnObjects &drawn);
    void addObject(VocFile &file, const core::Annotation &annotation, const core::Box &box,
                   WriteSummary &summary);
    void writeLists();
    const std::string &nameOf(core::Id category) const
    {
        return m_categories[m_numbers.at(category) - 1].name;
    }

    AnnotationSource &m_source;
    const WriteOptions &m_options;
    OutputFolder m_out;
    std::vector<core::Category> m_categories;
    std::unordered_map<core::Id, std::uint32_t> m_numbers;
    MapNames m_names;
    std::map<std::string, std::string> m_sets; ///< by file
};

void VocWriter::writeMaps(const std::string &name, const DrawnObjects &drawn)
{
    std::vector<std::uint32_t> classes{0};
    for (const core::Annotation &object : drawn.objects)
        classes.push_back(m_numbers.at(object.categoryId));
    writeIndexPng(drawn.map, IndexDepth::Palette, m_out.file("SegmentationObject/" + name + ".png"),
                  vocPalette());
    writeIndexPng(recoded(drawn.map, classes), IndexDepth::Palette,
                  m_out.file("SegmentationClass/" + name + ".png"), vocPalette());
}

void VocWriter::addObject(VocFile &file, const core::Annotation &annotation, const core::Box &box,
                          WriteSummary &summary)
{
    countUnheld(annotation, {}, summary);
    if (!isWhole(box))
        summary.lose("boxes were rounded to whole pixels");
    file.objects.push_back({nameOf(annotation.categoryId), box, annotation.foreign});
    ++summary.annotations;
}

void VocWriter::writePicture(const core::ImageRecord &image, MapWriting &writing)
{
    std::vector<core::Annotation> annotations = m_source.annotations(image.id);
    requireCategories(annotations, m_numbers);
    const auto isBeyond = [&](const core::Annotation &annotation) {
        return m_numbers.at(annotation.categoryId) > mostVocValues;
    };
    if (const std::size_t beyond = std::erase_if(annotations, isBeyond))
        writing.summary.lose("objects of categories beyond the 254th were left out", beyond);

    const DrawnObjects drawn = drawObjects(image, std::move(annotations), m_options.overlap,
                                           writing.summary, mostVocValues);
    const std::string name = m_names.nameOf(image);
    VocFile file{image.fileName, image.size, {}, image.foreign};
    const std::vector<ValueMask> seen = masksOfValues(drawn.map);
    for (std::size_t i = 0; i < drawn.objects.size(); ++i)
        addObject(file, drawn.objects[i], boxOf(seen[i].mask), writing.summary);
    for (const core::Annotation &annotation : drawn.boxes) {
        if (annotation.hasMask())
            writing.summary.lose("objects beyond the 254th of a picture kept only their box");
        if (annotation.hasMask() || annotation.box)
            addObject(file, annotation,
                      annotation.hasMask() ? boxOf(annotation.mask) : *annotation.box,
                      writing.summary);
        else
            writing.summary.lose("objects without a pixel were left out");
    }

    const std::string split = targetSplit(image, m_options);
    m_sets["ImageSets/Main/" + split + ".txt"] += name + "\n";
    if (!drawn.objects.empty()) {
        m_sets["ImageSets/Segmentation/" + split + ".txt"] += name + "\n";
        writeMaps(name, drawn);
    }
    m_out.write("Annotations/" + name + ".xml", vocFileText(file, !drawn.objects.empty()));
    writing.takePicture(m_out, image, "JPEGImages/" + image.fileName);
}

void VocWriter::writeLists()
{
    for (const auto &[file, names] : m_sets)
        m_out.write(file, names);
    std::vector<std::string> labels;
    for (const core::Category &category : m_categories) {
        if (labels.size() < mostVocValues)
            labels.push_back(category.name);
    }
    m_out.write("labelmap.txt", labelMapText(labels));
}

WriteSummary VocWriter::write(const std::stop_token &stop, const Progress &progress)
{
    const std::vector<core::ImageRecord> images = m_source.images();
    MapWriting writing(images.size(), m_options, stop, progress);
    for (const char *folder : {"Annotations", "ImageSets/Main", "ImageSets/Segmentation",
                               "SegmentationClass", "SegmentationObject"})
        m_out.makeFolder(folder);
    for (const core::ImageRecord &image : images) {
        writing.beginPicture();
        writePicture(image, writing);
    }
    writeLists();
    writing.finish();
    m_out.commit();
    return writing.summary;
}

} // namespace

WriteSummary writeVoc(AnnotationSource &source, const std::filesystem::path &target,
                      const WriteOptions &options, std::stop_token stop, const Progress &progress)
{
    return VocWriter(source, target, options).write(stop, progress);
}

} // namespace exporters
