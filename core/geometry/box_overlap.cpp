// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/box_overlap.h"

namespace core
{

double iou(const Box &detection, const Box &truth, bool isCrowd)
{
    const double width = std::min(detection.x1, truth.x1) - std::max(detection.x0, truth.x0);
    const double height = std::min(detection.y1, truth.y1) - std::max(detection.y0, truth.y0);
    if (width <= 0 || height <= 0)
        return 0;
    const double both = width * height;
    const double own = detection.width() * detection.height();
    return both / (isCrowd ? own : own + truth.width() * truth.height() - both);
}

std::vector<std::size_t> suppressOverlaps(std::span<const Box> boxes, double threshold)
{
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const bool dropped = std::any_of(kept.begin(), kept.end(), [&](std::size_t k) {
            return iou(boxes[k], boxes[i]) > threshold;
        });
        if (!dropped)
            kept.push_back(i);
    }
    return kept;
}

} // namespace core
