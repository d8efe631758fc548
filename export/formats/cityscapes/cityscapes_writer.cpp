// SPDX-License-Identifier: Apache-2.0
#include "export/formats/cityscapes/cityscapes_writer.h"

#include "export/files/file_names.h"
#include "export/files/output_folder.h"
#include "export/formats/cityscapes/cityscapes_labels.h"
#include "export/maps/index_png.h"
#include "export/maps/instance_map.h"
#include "export/maps/map_writing.h"
#include "export/splits.h"

#include <algorithm>
#include <array>
#include <map>

namespace exporters
{
namespace
{

/// 1000 * class + number must fit in 16 bits, number being up to 999.
constexpr int mostCounted = 64;
constexpr int mostLabels = 255;
constexpr std::uint32_t mostNumbers = 1000;

bool isDigits(std::string_view text)
{
    return text.size() == 6 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// "aachen" of "aachen_000000_000019"; empty when the name is of another kind.
std::string cityOf(std::string_view name)
{
    if (name.size() < 15 || name[name.size() - 7] != '_' || name[name.size() - 14] != '_' ||
        !isDigits(name.substr(name.size() - 6)) || !isDigits(name.substr(name.size() - 13, 6)))
        return {};
    return std::string(name.substr(0, name.size() - 14));
}

/// "CITY/NAME" of a picture in `split`.
std::string placeOf(const core::ImageRecord &image, const std::string &split)
{
    constexpr std::string_view pictureEnd = "_leftImg8bit";
    std::string path(withoutEnding(image.fileName));
    if (path.ends_with(pictureEnd))
        path.resize(path.size() - pictureEnd.size());
    if (path.starts_with(split + "/"))
        path.erase(0, split.size() + 1);
    if (path.find('/') != path.npos)
        return path;
    const std::string city = cityOf(path);
    return (city.empty() ? "city" : city) + "/" + path;
}

class CityscapesWriter
{
public:
    CityscapesWriter(AnnotationSource &source, const std::filesystem::path &target,
                     const WriteOptions &options)
        : m_source(source), m_options(options), m_out(target), m_categories(source.categories())
    {
    }

    WriteSummary write(const std::stop_token &stop, const Progress &progress);

private:
    void chooseLabels();
    std::vector<core::Annotation> annotationsOf(const core::ImageRecord &image,
                                                WriteSummary &summary);
    std::vector<std::uint32_t> instanceIds(const std::vector<core::Annotation> &objects,
                                           WriteSummary &summary) const;
    void writePicture(const core::ImageRecord &image, MapWriting &writing);

    AnnotationSource &m_source;
    const WriteOptions &m_options;
    OutputFolder m_out;
    std::vector<core::Category> m_categories;
    std::unordered_map<core::Id, std::uint32_t> m_numbers;
    std::unordered_map<core::Id, CityscapesLabel> m_labels; ///< by category
    std::array<core::Color, 256> m_colors{};
    MapNames m_names;
};

/// Cityscapes' own labels when every category is one of them, else labels of their own.
void CityscapesWriter::chooseLabels()
{
    m_numbers = categoryNumbers(m_categories);
    const bool isOriginal = std::ranges::all_of(m_categories, [](const core::Category &category) {
        const CityscapesLabel *label = originalLabel(category.name);
        return label != nullptr && label->hasInstances == category.isThing && label->id != 0;
    });
    std::vector<CityscapesLabel> own{{0, "background"}};
    for (const core::Category &category : m_categories) {
        const CityscapesLabel label =
            isOriginal
                ? *originalLabel(category.name)
                : CityscapesLabel{int(own.size()), category.name, category.color, category.isThing};
        own.push_back(label);
        m_labels.emplace(category.id, label);
        if (label.id > 0 && label.id <= mostLabels)
            m_colors[std::size_t(label.id)] = label.color;
    }
    if (!isOriginal)
        m_out.write("label_colors.txt", labelColorsText(own));
}

std::vector<core::Annotation> CityscapesWriter::annotationsOf(const core::ImageRecord &image,
                                                              WriteSummary &summary)
{
    std::vector<core::Annotation> annotations = m_source.annotations(image.id);
    requireCategories(annotations, m_numbers);
    const auto erase = [&](std::string_view what, auto isLost) {
        if (const std::size_t lost = std::erase_if(annotations, isLost))
            summary.lose(what, lost);
    };
    erase("boxes without a mask were left out",
          [](const core::Annotation &a) { return !a.hasMask(); });
    erase("objects of labels without an id were left out",
          [&](const core::Annotation &a) { return m_labels.at(a.categoryId).id < 0; });
    erase("objects of categories beyond the 255th were left out",
          [&](const core::Annotation &a) { return m_labels.at(a.categoryId).id > mostLabels; });
    return annotations;
}

/// What stands for each object in the picture of instances, from 1 on; 0 for none.
std::vector<std::uint32_t>
CityscapesWriter::instanceIds(const std::vector<core::Annotation> &objects,
                              WriteSummary &summary) const
{
    std::vector<std::uint32_t> ids{0};
    std::map<int, std::uint32_t> counted;
    std::map<int, std::size_t> regions;
    for (const core::Annotation &object : objects) {
        const CityscapesLabel &label = m_labels.at(object.categoryId);
        const auto id = std::uint32_t(label.id);
        bool isCounted = label.hasInstances && !object.isCrowd;
        if (isCounted && (label.id > mostCounted || counted[label.id] == mostNumbers)) {
            summary.lose("objects became crowds, there being no number for them (1000 a "
                         "class and picture, 64 classes)");
            isCounted = false;
        }
        if (isCounted) {
            ids.push_back(id * 1000 + counted[label.id]++);
            continue;
        }
        if (!label.hasInstances && object.isCrowd)
            summary.lose("crowds became ordinary objects");
        if (++regions[label.id] > 1)
            summary.lose("regions of a class that is not counted, or crowds, became one with "
                         "others of their class");
        ids.push_back(id);
    }
    return ids;
}

void CityscapesWriter::writePicture(const core::ImageRecord &image, MapWriting &writing)
{
    const DrawnObjects drawn = drawObjects(image, annotationsOf(image, writing.summary),
                                           m_options.overlap, writing.summary);
    std::vector<std::uint32_t> labels{0};
    std::vector<std::uint32_t> colors{0};
    for (const core::Annotation &object : drawn.objects) {
        countUnheld(object, {.crowd = true}, writing.summary);
        labels.push_back(std::uint32_t(m_labels.at(object.categoryId).id));
        colors.push_back(toValue(m_colors[labels.back()]));
    }
    const std::string split = targetSplit(image, m_options);
    const std::string place = m_names.unique(split + "/" + placeOf(image, split));
    const std::string start = "gtFine/" + place + "_gtFine_";
    writeIndexPng(recoded(drawn.map, instanceIds(drawn.objects, writing.summary)),
                  IndexDepth::Grey16, m_out.file(start + "instanceIds.png"), {}, image.fileName);
    writeIndexPng(recoded(drawn.map, labels), IndexDepth::Grey8,
                  m_out.file(start + "labelIds.png"));
    writeIndexPng(recoded(drawn.map, colors), IndexDepth::Rgb, m_out.file(start + "color.png"));
    writing.takePicture(m_out, image,
                        "leftImg8bit/" + place + "_leftImg8bit" + endingOf(image.fileName));
    writing.summary.annotations += drawn.objects.size();
}

WriteSummary CityscapesWriter::write(const std::stop_token &stop, const Progress &progress)
{
    const std::vector<core::ImageRecord> images = m_source.images();
    MapWriting writing(images.size(), m_options, stop, progress);
    chooseLabels();
    m_out.makeFolder("gtFine");
    for (const core::ImageRecord &image : images) {
        writing.beginPicture();
        writePicture(image, writing);
    }
    writing.finish();
    m_out.commit();
    return writing.summary;
}

} // namespace

WriteSummary writeCityscapes(AnnotationSource &source, const std::filesystem::path &target,
                             const WriteOptions &options, std::stop_token stop,
                             const Progress &progress)
{
    return CityscapesWriter(source, target, options).write(stop, progress);
}

} // namespace exporters
