// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_measure.h"

#include "core/mask/rle_sweep.h"

#include <algorithm>

namespace core
{
namespace
{

bool disjoint(const PixelRect &a, const PixelRect &b)
{
    return a.isEmpty() || b.isEmpty() || a.x >= b.x + b.width || b.x >= a.x + a.width ||
           a.y >= b.y + b.height || b.y >= a.y + a.height;
}

double overlap(const Rle &detection, const Rle &truth, bool isCrowd)
{
    std::int64_t both = 0;
    std::int64_t either = 0;
    std::int64_t inDetection = 0;
    sweep(detection, truth, [&](std::uint32_t length, bool a, bool b) {
        both += a && b ? length : 0;
        either += a || b ? length : 0;
        inDetection += a ? length : 0;
    });
    if (both == 0)
        return 0;
    return static_cast<double>(both) / static_cast<double>(isCrowd ? inDetection : either);
}

} // namespace

std::int64_t area(const Rle &rle)
{
    std::int64_t sum = 0;
    for (std::size_t i = 1; i < rle.counts.size(); i += 2)
        sum += rle.counts[i];
    return sum;
}

bool contains(const Rle &rle, int x, int y)
{
    if (x < 0 || y < 0 || x >= rle.size.width || y >= rle.size.height)
        return false;
    auto left = std::int64_t(x) * rle.size.height + y;
    for (std::size_t i = 0; i < rle.counts.size(); ++i) {
        left -= rle.counts[i];
        if (left < 0)
            return i % 2 == 1;
    }
    return false;
}

PixelRect boundingBox(const Rle &rle)
{
    const auto height = static_cast<std::uint64_t>(rle.size.height);
    std::uint64_t left = 0, right = 0, top = height,
                  bottom = 0; // right and bottom lie behind the last
    std::uint64_t begin = 0;
    for (std::size_t i = 0; i < rle.counts.size(); ++i) {
        const std::uint64_t end = begin + rle.counts[i];
        if (i % 2 == 1 && end > begin) {
            const std::uint64_t first = begin / height;
            const std::uint64_t last = (end - 1) / height;
            left = right == 0 ? first : left;
            right = last + 1;
            const bool wraps =
                last > first; // then it reaches the bottom of one column and the top of the next
            top = wraps ? 0 : std::min(top, begin - first * height);
            bottom = wraps ? height : std::max(bottom, end - first * height);
        }
        begin = end;
    }
    if (right == 0)
        return {};
    return {static_cast<int>(left), static_cast<int>(top), static_cast<int>(right - left),
            static_cast<int>(bottom - top)};
}

double iou(const Rle &detection, const Rle &truth, bool isCrowd)
{
    requireSameSize(detection, truth);
    return overlap(detection, truth, isCrowd);
}

std::vector<std::size_t> suppressOverlaps(std::span<const Rle> masks, double threshold)
{
    std::vector<PixelRect> boxes(masks.size());
    std::transform(masks.begin(), masks.end(), boxes.begin(), boundingBox);
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < masks.size(); ++i) {
        const bool dropped = std::any_of(kept.begin(), kept.end(), [&](std::size_t k) {
            requireSameSize(masks[k], masks[i]);
            return !disjoint(boxes[k], boxes[i]) && overlap(masks[k], masks[i], false) > threshold;
        });
        if (!dropped)
            kept.push_back(i);
    }
    return kept;
}

} // namespace core
