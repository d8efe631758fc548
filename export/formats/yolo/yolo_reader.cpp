// SPDX-License-Identifier: Apache-2.0
#include "export/formats/yolo/yolo_reader.h"

#include "core/error.h"
#include "core/image/image_reader.h"
#include "core/mask/outline_parts.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_polygon.h"
#include "export/formats/yolo/yolo_folder.h"
#include "export/splits.h"
#include "export/text/lines.h"
#include "export/text/text_file.h"

#include <algorithm>
#include <optional>

namespace exporters
{
namespace
{

class Reader
{
public:
    explicit Reader(YoloShape shape) : m_shape(shape) {}

    ReadResult read(const std::filesystem::path &input, const ReadOptions &options,
                    const std::stop_token &stop, const Progress &progress)
    {
        const YoloFolder folder = openYoloFolder(input, options, m_result.findings, stop);
        for (const auto &[number, name] : folder.names)
            m_result.dataset.categories.push_back({number + 1, name, {}, 0});
        std::size_t done = 0;
        for (const YoloFolder::Entry &entry : folder.entries) {
            if (stop.stop_requested())
                throw core::Error(core::ErrorKind::Cancelled, "Reading was stopped.");
            if (const std::optional<core::ImageRecord> image = imageOf(entry)) {
                readLabel(entry.label, *image, folder.names);
                m_result.dataset.images.push_back(*image);
            }
            if (progress)
                progress(double(++done) / double(folder.entries.size()));
        }
        return std::move(m_result);
    }

private:
    std::optional<core::ImageRecord> imageOf(const YoloFolder::Entry &entry)
    {
        if (entry.picture.empty()) {
            FindingPlace(m_result.findings, entry.label.string(), "")
                .error("picture-missing", "its picture \"" + entry.name +
                                              ".*\" was not found, without which its size is not "
                                              "known; left out.");
            return {};
        }
        core::ImageRecord image;
        image.id = static_cast<core::Id>(m_result.dataset.images.size()) + 1;
        image.fileName = entry.name;
        try {
            image.size = core::readImageSize(entry.picture);
        } catch (const core::Error &error) {
            FindingPlace(m_result.findings, entry.picture.string(), "")
                .error("picture-unreadable",
                       std::string("the picture was left out with its objects: ") + error.what());
            return {};
        }
        if (!entry.split.empty())
            setSplit(image, entry.split);
        return image;
    }

    void readLabel(const std::filesystem::path &file, const core::ImageRecord &image,
                   const std::map<int, std::string> &names)
    {
        std::error_code error;
        if (!std::filesystem::exists(file, error))
            return; // a picture without objects
        std::string text;
        try {
            text = readTextFile(file);
        } catch (const core::Error &unreadable) {
            FindingPlace(m_result.findings, file.string(), "")
                .error("label-unreadable", unreadable.what());
            return;
        }
        forEachLine(text, [&](std::size_t number, std::string_view line) {
            addLine(line, image, names,
                    {m_result.findings, file.string(), "line " + std::to_string(number)});
        });
    }

    void addLine(std::string_view line, const core::ImageRecord &image,
                 const std::map<int, std::string> &names, const FindingPlace &place)
    {
        m_numbers.clear();
        for (const std::string_view word : wordsOf(line)) {
            const std::optional<double> number = toNumber(word);
            if (!number)
                return place.error("yolo-number", "word " + std::to_string(m_numbers.size() + 1) +
                                                      " is no number; the object was left out.");
            m_numbers.push_back(*number);
        }
        if (m_numbers.empty())
            return;
        const double index = m_numbers.front();
        if (!(index >= 0 && index < mostYoloClasses) || index != int(index))
            return place.error("yolo-class", "the class is no whole number from 0 on; the object "
                                             "was left out.");
        if (!names.contains(int(index)))
            return place.error("yolo-class", "class " + std::to_string(int(index)) +
                                                 " has no name in the dataset's description; the "
                                                 "object was left out.");
        core::Annotation annotation;
        annotation.id = static_cast<core::Id>(m_result.dataset.annotations.size()) + 1;
        annotation.imageId = image.id;
        annotation.categoryId = int(index) + 1;
        if (m_shape(std::span(m_numbers).subspan(1), image.size, annotation, place))
            m_result.dataset.annotations.push_back(std::move(annotation));
    }

    YoloShape m_shape;
    ReadResult m_result;
    std::vector<double> m_numbers; ///< of a line
};

} // namespace

ReadResult readYolo(const std::filesystem::path &input, const ReadOptions &options,
                    const std::stop_token &stop, const Progress &progress, YoloShape shape)
{
    return Reader(shape).read(input, options, stop, progress);
}

bool areShares(std::span<const double> numbers, const FindingPlace &place)
{
    const auto [lowest, highest] = std::ranges::minmax(numbers);
    if (lowest >= 0 && highest <= 1)
        return true;
    if (lowest < -1 || highest > 2) {
        place.error("yolo-range", "the numbers are no shares of the picture's size, 0 to 1, but "
                                  "pixels, it seems; the object was left out.");
        return false;
    }
    place.warning("yolo-range", "a number is not within 0 to 1; the object was cut off at the "
                                "picture's border, and training refuses the picture.");
    return true;
}

bool fillShares(std::span<const double> xy, core::Size size, core::Annotation &annotation,
                const FindingPlace &place)
{
    core::Ring ring(xy.begin(), xy.end());
    for (std::size_t i = 0; i < ring.size(); ++i)
        ring[i] *= i % 2 == 0 ? size.width : size.height;
    try {
        annotation.mask = core::rleFromPolygon(ring, size);
    } catch (const core::Error &error) {
        place.error("outline", std::string(error.what()) + " The object was left out.");
        return false;
    }
    if (core::area(annotation.mask) > 0)
        return true;
    place.error("outline-empty", "the outline holds no pixel; the object was left out.");
    return false;
}

} // namespace exporters
