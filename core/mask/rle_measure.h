// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/rle.h"
#include "core/mask/run_sums.h"

#include <span>
#include <vector>

namespace core
{

/// Number of pixels that are on. Here, so that the smallest masks do not pay for a call; nor do
/// they for a loop, whose length is less often foreseen than that of a few steps.
inline std::int64_t area(const Rle &rle)
{
    const std::span<const std::uint32_t> counts = rle.counts;
    if (counts.size() < 4)
        return counts.size() < 2 ? 0 : counts[1];
    std::uint32_t sum = counts[1] + counts[3];
    if (counts.size() < 6)
        return sum;
    if (counts.size() >= 16)
        return sumOfEverySecond(counts);
    sum += counts[5];
    if (counts.size() < 8)
        return sum;
    for (std::size_t i = 7; i < counts.size(); i += 2)
        sum += counts[i];
    return sum;
}

/// The smallest block that holds every pixel that is on; all zero for an empty mask.
PixelRect boundingBox(const Rle &rle);

/// Whether the pixel (x, y) is on; false beyond the picture. The work is in the number of runs.
bool contains(const Rle &rle, int x, int y);

/// Intersection over union, 0 when both are empty. `isCrowd` says that `truth` is a region of many
/// objects: then it is intersection over the area of `detection`, which may cover a part of the
/// crowd. Throws Error(BadDataset) when the sizes differ.
double iou(const Rle &detection, const Rle &truth, bool isCrowd = false);

/// Goes through the masks in the given order (best first) and drops each that overlaps a kept one
/// with an IoU above `threshold`. Returns the indices kept.
std::vector<std::size_t> suppressOverlaps(std::span<const Rle> masks, double threshold);

} // namespace core
