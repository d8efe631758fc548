// SPDX-License-Identifier: Apache-2.0
#include "export/maps/map_reading.h"

#include "core/file/file_error.h"
#include "export/files/picture_size.h"

#include <cerrno>

namespace exporters
{
namespace
{

/// Sentences about a picture begin with its path, which a finding has apart.
std::string withoutPath(std::string sentence, const std::filesystem::path &file)
{
    const std::string start = "\"" + file.string() + "\" ";
    return sentence.starts_with(start) ? "the file " + sentence.substr(start.size()) : sentence;
}

} // namespace

core::ImageRecord &MapReading::addImage(std::string fileName, core::Size size)
{
    auto &images = result.dataset.images;
    images.push_back({static_cast<core::Id>(images.size() + 1), std::move(fileName), size});
    return images.back();
}

core::Annotation &MapReading::addAnnotation(core::Id imageId, core::Id categoryId, core::Rle mask)
{
    auto &annotations = result.dataset.annotations;
    annotations.push_back({static_cast<core::Id>(annotations.size() + 1), imageId, categoryId,
                           std::move(mask), false});
    return annotations.back();
}

void MapReading::error(std::string rule, const std::filesystem::path &file, std::string place,
                       std::string sentence)
{
    result.findings.add(
        {Severity::Error, std::move(rule), file.string(), std::move(place), std::move(sentence)});
}

void MapReading::warning(std::string rule, const std::filesystem::path &file, std::string place,
                         std::string sentence)
{
    result.findings.add(
        {Severity::Warning, std::move(rule), file.string(), std::move(place), std::move(sentence)});
}

void MapReading::guarded(const char *rule, const std::filesystem::path &file,
                         const std::string &place, const std::function<void()> &read)
{
    try {
        read();
    } catch (const core::Error &problem) {
        if (problem.kind() != core::ErrorKind::BadDataset)
            throw;
        std::string sentence = problem.what();
        if (!place.empty() && sentence.starts_with(place))
            sentence = "it" + sentence.substr(place.size());
        error(rule, file, place, sentence);
    }
}

std::optional<IndexPng> MapReading::map(const std::filesystem::path &file)
{
    try {
        return readIndexPng(file);
    } catch (const core::Error &problem) {
        const bool isMissing = problem.kind() == core::ErrorKind::FileNotFound;
        error(isMissing ? "map-missing" : "map-unreadable", file, "",
              withoutPath(problem.what(), file));
        return {};
    }
}

bool MapReading::replaceColors(IndexMap &map,
                               const std::unordered_map<std::uint32_t, std::uint32_t> &values,
                               const std::filesystem::path &file)
{
    std::uint32_t color = 0;
    std::uint32_t replacement = 0;
    bool isKnown = false; // what `replacement` is of `color`
    for (std::uint32_t &value : map.values) {
        if (!isKnown || value != color) {
            color = value;
            const auto found = values.find(value);
            if (found == values.end()) {
                error("map-color", file, "",
                      "the colour " + std::to_string(value & 255) + ", " +
                          std::to_string(value >> 8 & 255) + ", " +
                          std::to_string(value >> 16 & 255) +
                          " stands for nothing; the file was left out.");
                return false;
            }
            replacement = found->second;
            isKnown = true;
        }
        value = replacement;
    }
    return true;
}

std::vector<ValueMask> MapReading::masks(const IndexMap &map, const std::filesystem::path &file)
{
    try {
        return masksOfValues(map);
    } catch (const core::Error &problem) {
        error("map-values", file, "", std::string("the file ") + problem.what());
        return {};
    }
}

bool MapReading::fits(const IndexMap &map, const std::filesystem::path &file,
                      const PicturesBeside &pictures, const std::string &name)
{
    const std::optional<core::Size> size = pictures.sizeOf(name);
    if (!size || *size == map.size)
        return true;
    error("map-size", file, "",
          "it is " + sizeText(map.size) + " pixels, but its picture " +
              pictures.find(name).value() + " is " + sizeText(*size) +
              "; its objects were left out.");
    return false;
}

void MapReading::requireRunning() const
{
    if (m_stop.stop_requested())
        throw core::Error(core::ErrorKind::Cancelled, "Reading was stopped.");
}

void MapReading::step(std::size_t index, std::size_t count)
{
    requireRunning();
    if (m_progress)
        m_progress(static_cast<double>(index) / static_cast<double>(count));
}

void requireFolder(const std::filesystem::path &folder, std::initializer_list<const char *> parts,
                   const std::string &what)
{
    std::error_code ignored;
    if (!std::filesystem::exists(folder, ignored))
        throw core::readError(folder, ENOENT);
    if (!std::filesystem::is_directory(folder, ignored))
        throw core::readError(folder, ENOTDIR);
    std::string names;
    for (const char *part : parts) {
        if (std::filesystem::exists(folder / part, ignored))
            return;
        names += (names.empty() ? "" : " or ") + std::string(part);
    }
    throw core::Error(core::ErrorKind::BadDataset,
                      folder.string() + " is not " + what + ": it has no " + names + " in it.");
}

} // namespace exporters
