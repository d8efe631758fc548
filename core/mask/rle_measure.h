// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/rle.h"

#include <cstdint>
#include <span>
#include <vector>

namespace core
{

/// Number of pixels that are on. Costs nothing: the list of run lengths knows it.
inline std::int64_t area(const Rle &rle)
{
    return rle.counts.area();
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
