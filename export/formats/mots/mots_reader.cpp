// SPDX-License-Identifier: Apache-2.0
#include "export/formats/mots/mots_reader.h"

#include "core/file/file_error.h"
#include "export/files/file_names.h"
#include "export/files/image_path.h"
#include "export/formats/mots/mots_layout.h"
#include "export/formats/mots/mots_numbers.h"
#include "export/formats/mots/mots_text.h"
#include "export/maps/map_reading.h"
#include "export/splits.h"
#include "export/text/lines.h"
#include "export/text/text_file.h"

#include <algorithm>
#include <cerrno>
#include <fstream>

namespace exporters
{
namespace
{

namespace fs = std::filesystem;

class MotsReader
{
public:
    MotsReader(const fs::path &input, const ReadOptions &options, std::stop_token stop,
               const Progress &progress)
        : m_input(input), m_imageFolder(options.imageFolder), m_reading(std::move(stop), progress)
    {
    }

    ReadResult read();

private:
    void readLabels(const fs::path &subset);
    void readSubset(const fs::path &subset, const std::string &split);
    void readMap(const fs::path &subset, const std::string &name, const std::string &split,
                 const PicturesBeside &pictures);
    void readText(const fs::path &file, const std::string &folder);
    void addObject(core::Id image, std::uint32_t value, std::uint32_t label, core::Rle mask,
                   const std::string &sequence, const fs::path &file);
    core::Id categoryOf(std::uint32_t label, const fs::path &file);
    core::Id categoryNamed(const std::string &name, core::Id wanted);
    bool isIgnored(std::uint32_t label) const
    {
        return label == motsIgnored / motsClass &&
               (m_labels.size() < label || m_labels[label - 1] == motsIgnoredName);
    }

    fs::path m_input;
    fs::path m_imageFolder;
    MapReading m_reading;
    std::vector<std::string> m_labels; ///< of the subset being read; from class 1 on
    std::unordered_map<std::string, core::Id> m_categories;
    std::unordered_map<std::string, core::Id> m_sequences; ///< counted from 0
};

core::Id MotsReader::categoryNamed(const std::string &name, core::Id wanted)
{
    const auto known = m_categories.find(name);
    if (known != m_categories.end())
        return known->second;
    auto &categories = m_reading.dataset().categories;
    core::Id largest = 0;
    bool isFree = true;
    for (const core::Category &category : categories) {
        largest = std::max(largest, category.id);
        isFree = isFree && category.id != wanted;
    }
    core::Category category;
    category.id = isFree ? wanted : largest + 1;
    category.name = name;
    m_categories.emplace(name, category.id);
    categories.push_back(std::move(category));
    return categories.back().id;
}

core::Id MotsReader::categoryOf(std::uint32_t label, const fs::path &file)
{
    if (isIgnored(label))
        return categoryNamed(motsIgnoredName, label);
    if (label <= m_labels.size())
        return categoryNamed(m_labels[label - 1], label);
    if (m_labels.empty() && label <= 2)
        return categoryNamed(label == 1 ? "car" : "pedestrian", label);
    const std::string name = "class " + std::to_string(label);
    if (!m_labels.empty() && !m_categories.contains(name))
        m_reading.warning("no-label", file, name,
                          "labels.txt has no such line; it was called \"" + name + "\".");
    return categoryNamed(name, label);
}

void MotsReader::addObject(core::Id image, std::uint32_t value, std::uint32_t label, core::Rle mask,
                           const std::string &sequence, const fs::path &file)
{
    if (label == 0) {
        m_reading.error("no-class", file, "value " + std::to_string(value),
                        "values below 1000 are of no class; it was left out.");
        return;
    }
    core::Annotation &annotation =
        m_reading.addAnnotation(image, categoryOf(label, file), std::move(mask));
    annotation.isCrowd = isIgnored(label);
    const core::Id number =
        m_sequences.try_emplace(sequence, core::Id(m_sequences.size())).first->second;
    if (!annotation.isCrowd)
        annotation.track = number * motsSequence + core::Id(value);
}

void MotsReader::readLabels(const fs::path &subset)
{
    m_labels.clear();
    for (const fs::path &file : {subset / "instances" / "labels.txt", subset / "labels.txt"}) {
        const std::optional<std::string> text = readSmallText(file);
        if (!text)
            continue;
        for (const std::string_view line : linesOf(*text))
            m_labels.emplace_back(line);
        break;
    }
    while (!m_labels.empty() && m_labels.back().empty())
        m_labels.pop_back();
    // An empty line has its number, too.
    for (std::size_t i = 0; i < m_labels.size(); ++i) {
        if (m_labels[i].empty())
            m_labels[i] = "class " + std::to_string(i + 1);
    }
    for (std::size_t i = 0; i < m_labels.size(); ++i)
        categoryNamed(m_labels[i], core::Id(i + 1));
}

void MotsReader::readMap(const fs::path &subset, const std::string &name, const std::string &split,
                         const PicturesBeside &pictures)
{
    const fs::path file = subset / "instances" / (name + ".png");
    const std::optional<IndexPng> png = m_reading.map(file);
    if (!png)
        return;
    if (png->isColor) {
        m_reading.error("map-kind", file, "",
                        "it is a picture of colours, not of numbers; it was left out.");
        return;
    }
    std::string picture = png->pictureName;
    try {
        if (!picture.empty())
            resolveImagePath(m_input, picture);
    } catch (const core::Error &problem) {
        m_reading.error("file-name", file, "", problem.what());
        picture.clear();
    }
    if (picture.empty())
        picture = pictures.find(name).value_or(name + ".png");
    core::ImageRecord &image = m_reading.addImage(picture, png->map.size);
    if (!split.empty())
        setSplit(image, split);
    const core::Id id = image.id;
    if (!m_reading.fits(png->map, file, pictures, name))
        return;
    const std::size_t slash = name.rfind('/');
    const std::string sequence = split + "/" + (slash == name.npos ? "" : name.substr(0, slash));
    for (ValueMask &object : m_reading.masks(png->map, file))
        addObject(id, object.value, object.value / motsClass, std::move(object.mask), sequence,
                  file);
}

void MotsReader::readSubset(const fs::path &subset, const std::string &split)
{
    readLabels(subset);
    const PicturesBeside pictures({m_imageFolder, subset / "images"});
    const std::vector<std::string> maps = filesBelow(subset / "instances", ".png");
    for (std::size_t i = 0; i < maps.size(); ++i) {
        m_reading.step(i, maps.size());
        readMap(subset, std::string(withoutEnding(maps[i])), split, pictures);
    }
}

void MotsReader::readText(const fs::path &file, const std::string &folder)
{
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw core::readError(file, errno);
    std::error_code ignored;
    const auto size = std::max<std::uintmax_t>(fs::file_size(file, ignored), 1);
    const PicturesBeside pictures({m_imageFolder});
    std::unordered_map<std::int64_t, std::size_t> frames; // places of images
    std::size_t done = 0;
    std::size_t number = 0;
    for (std::string line; std::getline(stream, line);) {
        m_reading.step(std::min<std::size_t>(done, size), size);
        done += line.size() + 1;
        ++number;
        if (line.ends_with('\r'))
            line.pop_back();
        if (line.empty())
            continue;
        const std::string place = "line " + std::to_string(number);
        try {
            MotsLine object = parseMotsLine(line);
            auto &images = m_reading.dataset().images;
            const auto [frame, isNew] = frames.try_emplace(object.frame, images.size());
            if (isNew) {
                const std::string digits = std::to_string(object.frame);
                const std::string name =
                    folder + std::string(6 - std::min<std::size_t>(digits.size(), 6), '0') + digits;
                m_reading.addImage(pictures.find(name).value_or(name + ".png"), object.mask.size);
            }
            const core::ImageRecord &image = images[frame->second];
            if (image.size != object.mask.size)
                m_reading.error("map-size", file, place,
                                "its size is not that of the frame's other lines; it was left "
                                "out.");
            else
                addObject(image.id, object.value, object.category, std::move(object.mask), folder,
                          file);
        } catch (const core::Error &problem) {
            if (problem.kind() != core::ErrorKind::BadDataset)
                throw;
            m_reading.error("line", file, place, problem.what());
        }
    }
}

ReadResult MotsReader::read()
{
    std::error_code ignored;
    if (!fs::is_directory(m_input, ignored)) {
        if (!fs::is_regular_file(m_input, ignored))
            throw core::readError(m_input, ENOENT);
        if (!isMotsText(m_input))
            throw core::Error(core::ErrorKind::BadDataset,
                              m_input.string() + " is no MOTS text: its first line is not \"frame "
                                                 "id class height width mask\".");
        readText(m_input, "");
    } else if (holdsMotsMaps(m_input)) {
        readSubset(m_input, "");
    } else {
        const std::vector<std::string> subsets = motsSubsets(m_input);
        for (const std::string &subset : subsets)
            readSubset(m_input / subset, subset);
        std::vector<std::string> texts;
        if (subsets.empty())
            texts = filesBelow(m_input, ".txt");
        std::erase_if(texts, [&](const std::string &name) { return !isMotsText(m_input / name); });
        for (const std::string &text : texts)
            readText(m_input / text, std::string(withoutEnding(text)) + "/");
        if (subsets.empty() && texts.empty())
            throw core::Error(core::ErrorKind::BadDataset,
                              m_input.string() + " is not a folder of MOTS: it has no folder "
                                                 "\"instances\" and no MOTS text in it.");
    }
    std::ranges::sort(m_reading.dataset().categories, {}, &core::Category::id);
    return std::move(m_reading.result);
}

} // namespace

ReadResult readMots(const fs::path &input, const ReadOptions &options, std::stop_token stop,
                    const Progress &progress)
{
    return MotsReader(input, options, std::move(stop), progress).read();
}

} // namespace exporters
