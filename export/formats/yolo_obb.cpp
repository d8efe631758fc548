// SPDX-License-Identifier: Apache-2.0
#include "export/formats/yolo_obb.h"

#include "core/geometry/min_area_rect.h"
#include "export/formats/yolo/yolo_folder.h"
#include "export/formats/yolo/yolo_reader.h"
#include "export/formats/yolo/yolo_writer.h"
#include "export/outlines/rotated_box.h"

#include <algorithm>

namespace exporters
{
namespace
{

bool readCorners(std::span<const double> numbers, core::Size size, core::Annotation &annotation,
                 const FindingPlace &place)
{
    if (numbers.size() != 8) {
        place.error("yolo-points", "a rotated box has four corners, but here are " +
                                       std::to_string(numbers.size()) +
                                       " numbers; the object was left out.");
        return false;
    }
    return areShares(numbers, place) && fillShares(numbers, size, annotation, place);
}

std::vector<double> numbersOf(core::Size size, const core::Annotation &annotation,
                              WriteSummary &summary)
{
    const auto corners = rotatedBox(annotation);
    if (!corners) {
        summary.lose("objects without a pixel were left out");
        return {};
    }
    std::vector<double> numbers(corners->begin(), corners->end());
    bool isCut = false;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const double side = i % 2 == 0 ? size.width : size.height;
        isCut |= numbers[i] < -1e-6 || numbers[i] > side + 1e-6; // not what is rounded alone
        numbers[i] = std::clamp(numbers[i], 0.0, side);
    }
    if (core::convexHull(numbers).size() < 6) { // a box outside of the picture
        summary.lose("objects without a pixel were left out");
        return {};
    }
    if (annotation.hasMask())
        summary.lose("masks were reduced to rotated boxes");
    if (isCut)
        summary.lose("rotated boxes reached out of their picture and were cut off at its border");
    return numbers;
}

} // namespace

bool YoloObb::recognises(const std::filesystem::path &input) const
{
    return glimpseYolo(input) == YoloKind::RotatedBoxes;
}

ReadResult YoloObb::read(const std::filesystem::path &input, const ReadOptions &options,
                         std::stop_token stop, const Progress &progress) const
{
    return readYolo(input, options, stop, progress, readCorners);
}

WriteSummary YoloObb::write(AnnotationSource &source, const std::filesystem::path &target,
                            const WriteOptions &options, std::stop_token stop,
                            const Progress &progress) const
{
    return writeYoloBoxes(source, target, options, stop, progress, numbersOf);
}

} // namespace exporters
