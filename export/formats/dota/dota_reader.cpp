// SPDX-License-Identifier: Apache-2.0
#include "export/formats/dota/dota_reader.h"

#include "core/error.h"
#include "core/file/file_error.h"
#include "core/image/image_reader.h"
#include "core/mask/outline_parts.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_polygon.h"
#include "export/findings.h"
#include "export/formats/dota/dota_folder.h"
#include "export/json/foreign_keys.h"
#include "export/splits.h"
#include "export/text/lines.h"
#include "export/text/text_file.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <map>
#include <optional>

namespace exporters
{
namespace
{

class Reader
{
public:
    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    const std::stop_token &stop, const Progress &progress)
    {
        std::error_code error;
        if (!std::filesystem::exists(input, error))
            throw core::readError(input, ENOENT);
        if (findDotaPlaces(input).empty())
            throw core::Error(core::ErrorKind::BadDataset,
                              "\"" + input.string() +
                                  "\" has no folder labelTxt, neither itself nor in its folders.");
        const std::vector<DotaEntry> entries = listDota(input, options);
        std::size_t done = 0;
        for (const DotaEntry &entry : entries) {
            if (stop.stop_requested())
                throw core::Error(core::ErrorKind::Cancelled, "Reading was stopped.");
            addEntry(entry);
            if (progress)
                progress(double(++done) / double(entries.size()));
        }
        return std::move(m_result);
    }

private:
    void addEntry(const DotaEntry &entry)
    {
        if (entry.picture.empty())
            return FindingPlace(m_result.findings, entry.label.string(), "")
                .error("picture-missing", "its picture \"" + entry.name +
                                              ".*\" was not found, without which its size is not "
                                              "known; left out.");
        core::ImageRecord image;
        image.id = static_cast<core::Id>(m_result.dataset.images.size()) + 1;
        image.fileName = entry.name;
        try {
            image.size = core::readImageSize(entry.picture);
        } catch (const core::Error &error) {
            return FindingPlace(m_result.findings, entry.picture.string(), "")
                .error("picture-unreadable",
                       std::string("the picture was left out with its objects: ") + error.what());
        }
        if (!entry.split.empty())
            setSplit(image, entry.split);
        if (!entry.label.empty())
            readLabel(entry.label, image);
        m_result.dataset.images.push_back(std::move(image));
    }

    void readLabel(const std::filesystem::path &file, core::ImageRecord &image)
    {
        std::string text;
        try {
            text = readTextFile(file);
        } catch (const core::Error &error) {
            return FindingPlace(m_result.findings, file.string(), "")
                .error("label-unreadable", error.what());
        }
        forEachLine(text, [&](std::size_t number, std::string_view line) {
            const FindingPlace place(m_result.findings, file.string(),
                                     "line " + std::to_string(number));
            if (!isUtf8(line))
                return place.error("not-utf8", "the line is not UTF-8; it was left out.");
            for (const std::string_view key : {"imagesource", "gsd"}) {
                if (line.starts_with(key) && line.substr(key.size()).starts_with(':'))
                    return setForeignKey(image.foreign, key, line.substr(key.size() + 1));
            }
            addLine(wordsOf(line), image, place);
        });
    }

    void addLine(std::vector<std::string_view> words, const core::ImageRecord &image,
                 const FindingPlace &place)
    {
        if (words.empty())
            return;
        if (words.size() < 9)
            return place.error("dota-line", "there are no four corners and a class; the object was "
                                            "left out.");
        core::Ring corners;
        for (std::size_t i = 0; i < 8; ++i) {
            const std::optional<double> number = toNumber(words[i]);
            if (!number)
                return place.error("dota-number", "word " + std::to_string(i + 1) +
                                                      " is no number; the object was left out.");
            corners.push_back(*number);
        }
        core::Annotation annotation;
        annotation.id = static_cast<core::Id>(m_result.dataset.annotations.size()) + 1;
        annotation.imageId = image.id;
        const std::optional<double> last = toNumber(words.back());
        if (words.size() > 9 && last && *last >= 0 && *last <= 9 && *last == int(*last)) {
            setForeignKey(annotation.foreign, "difficult", int(*last));
            words.pop_back();
        }
        try {
            annotation.mask = core::rleFromPolygon(corners, image.size);
        } catch (const core::Error &error) {
            return place.error("outline", std::string(error.what()) + " The object was left out.");
        }
        if (core::area(annotation.mask) == 0)
            return place.error("outline-empty", "the rotated box holds no pixel of the picture; "
                                                "the object was left out.");
        std::string name(words[8]);
        for (std::size_t i = 9; i < words.size(); ++i)
            name += ' ' + std::string(words[i]);
        annotation.categoryId = categoryOf(name);
        m_result.dataset.annotations.push_back(std::move(annotation));
    }

    core::Id categoryOf(const std::string &name)
    {
        const auto [place, isNew] =
            m_categories.emplace(name, static_cast<core::Id>(m_categories.size()) + 1);
        if (isNew)
            m_result.dataset.categories.push_back({place->second, name, {}, 0});
        return place->second;
    }

    ReadResult m_result;
    std::map<std::string, core::Id> m_categories;
};

} // namespace

ReadResult readDota(const std::filesystem::path &input, const ReadOptions &options,
                    const std::stop_token &stop, const Progress &progress)
{
    return Reader().read(input, options, stop, progress);
}

} // namespace exporters
