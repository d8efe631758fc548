// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/box_nms.h"

#include <cassert>
#include <numeric>

namespace core
{
namespace
{

struct FloatBox {
    explicit FloatBox(const Box &box)
        : x0(float(box.x0)), y0(float(box.y0)), x1(float(box.x1)), y1(float(box.y1)),
          area((x1 - x0) * (y1 - y0))
    {
    }
    float x0, y0, x1, y1;
    float area;
};

/// Not a number for two boxes without area, which is above no threshold.
float iou(const FloatBox &a, const FloatBox &b)
{
    const float width = std::max(0.0f, std::min(a.x1, b.x1) - std::max(a.x0, b.x0));
    const float height = std::max(0.0f, std::min(a.y1, b.y1) - std::max(a.y0, b.y0));
    const float both = width * height;
    return both / (a.area + b.area - both);
}

} // namespace

std::vector<std::size_t> nonMaximumSuppression(std::span<const Box> boxes,
                                               std::span<const float> scores, double threshold)
{
    assert(boxes.size() == scores.size());
    std::vector<std::size_t> order(boxes.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    std::vector<std::size_t> kept;
    std::vector<FloatBox> keptBoxes;
    for (const std::size_t i : order) {
        const FloatBox box(boxes[i]);
        const bool dropped =
            std::any_of(keptBoxes.begin(), keptBoxes.end(), [&](const FloatBox &better) {
                return double(iou(better, box)) > threshold;
            });
        if (dropped)
            continue;
        kept.push_back(i);
        keptBoxes.push_back(box);
    }
    return kept;
}

} // namespace core
