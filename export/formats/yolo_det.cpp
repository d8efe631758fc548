// SPDX-License-Identifier: Apache-2.0
#include "export/formats/yolo_det.h"

#include "core/mask/rle_measure.h"
#include "export/formats/yolo/yolo_folder.h"
#include "export/formats/yolo/yolo_reader.h"
#include "export/formats/yolo/yolo_writer.h"

#include <algorithm>

namespace exporters
{
namespace
{

bool readBox(std::span<const double> numbers, core::Size size, core::Annotation &annotation,
             const FindingPlace &place)
{
    if (numbers.size() != 4) {
        place.error("yolo-points", "a box has a centre, a width and a height, but here are " +
                                       std::to_string(numbers.size()) +
                                       " numbers; the object was left out.");
        return false;
    }
    if (!areShares(numbers, place))
        return false;
    const auto clamped = [](double share) { return std::clamp(share, 0.0, 1.0); };
    const double halfWidth = numbers[2] / 2, halfHeight = numbers[3] / 2;
    // Box counts from the centre of the first pixel.
    const core::Box box{clamped(numbers[0] - halfWidth) * size.width - 0.5,
                        clamped(numbers[1] - halfHeight) * size.height - 0.5,
                        clamped(numbers[0] + halfWidth) * size.width - 0.5,
                        clamped(numbers[1] + halfHeight) * size.height - 0.5};
    if (!(box.width() > 0) || !(box.height() > 0)) {
        place.error("outline-empty", "the box holds nothing of the picture; the object was left "
                                     "out.");
        return false;
    }
    annotation.mask.size = size;
    annotation.box = box;
    return true;
}

/// Centre, width and height in pixels; empty when nothing of it lies in the picture.
std::vector<double> numbersOf(core::Size size, const core::Annotation &annotation,
                              WriteSummary &summary)
{
    if (annotation.hasMask()) {
        const core::PixelRect rect = core::boundingBox(annotation.mask);
        if (rect.isEmpty()) {
            summary.lose("objects without a pixel were left out");
            return {};
        }
        summary.lose("masks were reduced to their boxes");
        return {rect.x + rect.width / 2.0, rect.y + rect.height / 2.0, double(rect.width),
                double(rect.height)};
    }
    const core::Box box = annotation.box.value_or(core::Box{}).normalized();
    const double left = std::max(box.x0 + 0.5, 0.0);
    const double top = std::max(box.y0 + 0.5, 0.0);
    const double right = std::min(box.x1 + 0.5, double(size.width));
    const double bottom = std::min(box.y1 + 0.5, double(size.height));
    if (!annotation.box || !(right > left) || !(bottom > top)) {
        summary.lose("objects without a pixel were left out");
        return {};
    }
    return {(left + right) / 2, (top + bottom) / 2, right - left, bottom - top};
}

} // namespace

bool YoloDet::recognises(const std::filesystem::path &input) const
{
    return glimpseYolo(input) == YoloKind::Boxes;
}

ReadResult YoloDet::read(const std::filesystem::path &input, const ReadOptions &options,
                         std::stop_token stop, const Progress &progress) const
{
    return readYolo(input, options, stop, progress, readBox);
}

WriteSummary YoloDet::write(AnnotationSource &source, const std::filesystem::path &target,
                            const WriteOptions &options, std::stop_token stop,
                            const Progress &progress) const
{
    return writeYoloBoxes(source, target, options, stop, progress, numbersOf);
}

} // namespace exporters
