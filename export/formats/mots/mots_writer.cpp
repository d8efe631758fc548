// SPDX-License-Identifier: Apache-2.0
#include "export/formats/mots/mots_writer.h"

#include "core/file/atomic_file.h"
#include "export/files/file_names.h"
#include "export/files/output_folder.h"
#include "export/formats/mots/mots_numbers.h"
#include "export/formats/mots/mots_text.h"
#include "export/maps/index_png.h"
#include "export/maps/instance_map.h"
#include "export/maps/map_writing.h"
#include "export/splits.h"
#include "export/text/lines.h"

#include <algorithm>
#include <charconv>
#include <memory>

namespace exporters
{
namespace
{

constexpr std::size_t mostLabelsWithIgnored = 9; // 10 is then the region to ignore

/// Numbers the objects of all pictures; both variants write what it makes of a picture.
class MotsObjects
{
public:
    /// `hasLabels`: a list of labels says what 10 is; without one it is the region to ignore, and
    /// no category gets that number.
    MotsObjects(AnnotationSource &source, const WriteOptions &options, bool hasLabels)
        : m_source(source), m_options(options), m_categories(namedCategories(source.categories())),
          m_numbers(categoryNumbers(m_categories))
    {
        m_passesOverIgnored = !hasLabels && m_categories.size() > mostLabelsWithIgnored &&
                              m_categories[mostLabelsWithIgnored].name != motsIgnoredName;
        for (auto &[id, number] : m_numbers)
            number += m_passesOverIgnored && number > mostLabelsWithIgnored;
    }

    struct Picture {
        DrawnObjects drawn;
        std::vector<std::uint32_t> values; ///< of the map's values
    };
    Picture number(const core::ImageRecord &image, const std::string &sequence,
                   WriteSummary &summary);
    std::vector<std::string> labels() const;

private:
    std::uint32_t valueOf(const core::Annotation &object, MotsNumbers &numbers, bool &hasCrowd,
                          WriteSummary &summary);
    bool isCrowd(const core::Annotation &annotation) const
    {
        return annotation.isCrowd &&
               (m_passesOverIgnored || m_categories.size() <= mostLabelsWithIgnored);
    }
    const std::string &nameOf(std::uint32_t number) const
    {
        return m_categories[number - (m_passesOverIgnored && number > mostLabelsWithIgnored) - 1]
            .name;
    }

    AnnotationSource &m_source;
    const WriteOptions &m_options;
    std::vector<core::Category> m_categories;
    std::unordered_map<core::Id, std::uint32_t> m_numbers;
    std::map<std::string, MotsNumbers> m_sequences;
    bool m_hasCrowds = false;
    bool m_passesOverIgnored = false;
};

std::uint32_t MotsObjects::valueOf(const core::Annotation &object, MotsNumbers &numbers,
                                   bool &hasCrowd, WriteSummary &summary)
{
    const std::uint32_t category = m_numbers.at(object.categoryId);
    countUnheld(object, {.crowd = isCrowd(object), .track = !isCrowd(object)}, summary);
    if (isCrowd(object)) {
        if (hasCrowd)
            summary.lose("crowds became one with others of their picture");
        if (nameOf(category) != motsIgnoredName)
            summary.lose("crowds became regions to ignore, without their category");
        hasCrowd = m_hasCrowds = true;
        return motsIgnored;
    }
    const auto number = numbers.add(category, object.track);
    if (!number) {
        summary.lose("objects were left out, all 999 numbers of their class being taken");
        return 0;
    }
    if (number->isShared)
        summary.lose("objects that are not followed have the number of one in another picture");
    if (number->isRepeated)
        summary.lose("objects became one with others of their track in the same picture");
    return number->value;
}

MotsObjects::Picture MotsObjects::number(const core::ImageRecord &image,
                                         const std::string &sequence, WriteSummary &summary)
{
    std::vector<core::Annotation> annotations = m_source.annotations(image.id);
    requireCategories(annotations, m_numbers);
    if (const auto boxes = std::erase_if(annotations, [](const auto &a) { return !a.hasMask(); }))
        summary.lose("boxes without a mask were left out", boxes);
    const auto isBeyond = [&](const core::Annotation &annotation) {
        return m_numbers.at(annotation.categoryId) > mostMotsClasses;
    };
    if (const auto beyond = std::erase_if(annotations, isBeyond))
        summary.lose(m_passesOverIgnored ? "objects of categories beyond the 63rd were left out"
                                         : "objects of categories beyond the 64th were left out",
                     beyond);

    Picture picture{drawObjects(image, std::move(annotations), m_options.overlap, summary), {0}};
    MotsNumbers &numbers = m_sequences[sequence];
    numbers.beginPicture();
    bool hasCrowd = false;
    for (const core::Annotation &object : picture.drawn.objects)
        picture.values.push_back(valueOf(object, numbers, hasCrowd, summary));
    summary.annotations += std::size_t(
        std::ranges::count_if(picture.values, [](std::uint32_t value) { return value != 0; }));
    return picture;
}

std::vector<std::string> MotsObjects::labels() const
{
    std::vector<std::string> labels;
    for (const core::Category &category : m_categories) {
        if (labels.size() < mostMotsClasses)
            labels.push_back(category.name);
    }
    if (m_hasCrowds && std::ranges::find(labels, motsIgnoredName) == labels.end())
        labels.push_back(motsIgnoredName);
    return labels;
}

std::string folderOf(const std::string &name)
{
    const std::size_t slash = name.rfind('/');
    return slash == name.npos ? "" : name.substr(0, slash);
}

WriteSummary writeFolder(AnnotationSource &source, const std::filesystem::path &target,
                         const WriteOptions &options, const std::stop_token &stop,
                         const Progress &progress)
{
    const std::vector<core::ImageRecord> images = source.images();
    const bool hasSplits = options.split || std::ranges::any_of(images, [](const auto &image) {
                               return !splitOf(image).empty();
                           });
    OutputFolder out(target);
    MapWriting writing(images.size(), options, stop, progress);
    MotsObjects objects(source, options, true);
    MapNames names;
    std::set<std::string> roots;
    for (const core::ImageRecord &image : images) {
        writing.beginPicture();
        const std::string root = hasSplits ? targetSplit(image, options) + "/" : "";
        const std::string name =
            names.unique(root + std::string(withoutEnding(image.fileName))).substr(root.size());
        const auto picture =
            objects.number(image, root + folderOf(image.fileName), writing.summary);
        roots.insert(root);
        writeIndexPng(recoded(picture.drawn.map, picture.values), IndexDepth::Grey16,
                      out.file(root + "instances/" + name + ".png"), {}, image.fileName);
        writing.takePicture(out, image, root + "images/" + name + endingOf(image.fileName));
    }
    std::string labels;
    for (const std::string &label : objects.labels())
        labels += onOneLine(label) + '\n';
    if (roots.empty())
        roots.insert("");
    for (const std::string &root : roots)
        out.write(root + "instances/labels.txt", labels);
    writing.finish();
    out.commit();
    return writing.summary;
}

/// The number at the end of each picture's name, or counted where these are not all different.
std::vector<std::int64_t> framesOf(const std::vector<core::ImageRecord> &images)
{
    std::vector<std::int64_t> frames;
    for (const core::ImageRecord &image : images) {
        const std::string_view name = withoutEnding(image.fileName);
        const std::size_t begin = name.find_last_not_of("0123456789") + 1; // none: 0
        std::int64_t frame = 0;
        const auto [end, error] =
            std::from_chars(name.data() + begin, name.data() + name.size(), frame);
        if (begin < name.size() && error == std::errc())
            frames.push_back(frame);
    }
    if (std::set(frames.begin(), frames.end()).size() < images.size()) {
        frames.clear();
        for (std::size_t i = 0; i < images.size(); ++i)
            frames.push_back(std::int64_t(i));
    }
    return frames;
}

WriteSummary writeText(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, const std::stop_token &stop,
                       const Progress &progress)
{
    const std::vector<core::ImageRecord> images = source.images();
    const std::vector<std::int64_t> frames = framesOf(images);
    core::AtomicFile out(target);
    MapWriting writing(images.size(), options, stop, progress);
    MotsObjects objects(source, options, false);
    for (std::size_t i = 0; i < images.size(); ++i) {
        writing.beginPicture();
        const auto picture = objects.number(images[i], "", writing.summary);
        std::string lines;
        for (const ValueMask &object : masksOfValues(recoded(picture.drawn.map, picture.values)))
            lines += toText({frames[i], object.value, object.value / motsClass, object.mask});
        if (lines.empty())
            writing.summary.lose("pictures without objects are not in the file");
        out.write(lines);
    }
    if (const std::size_t categories = source.categories().size())
        writing.summary.lose("names of categories are not in the file", categories);
    writing.finish();
    out.commit();
    return writing.summary;
}

} // namespace

WriteSummary writeMots(AnnotationSource &source, const std::filesystem::path &target,
                       const WriteOptions &options, std::stop_token stop, const Progress &progress)
{
    return (target.extension() == ".txt" ? writeText : writeFolder)(source, target, options, stop,
                                                                    progress);
}

} // namespace exporters
