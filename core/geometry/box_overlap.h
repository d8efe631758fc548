// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <span>
#include <vector>

namespace core
{

/// Intersection over union of two boxes, 0 when they do not overlap. With `isCrowd`, intersection
/// over the area of `detection`, as for masks (core/mask/rle_measure.h).
double iou(const Box &detection, const Box &truth, bool isCrowd = false);

/// Goes through the boxes in the given order (best first) and drops each that overlaps a kept one
/// with an IoU above `threshold`. Returns the indices kept.
std::vector<std::size_t> suppressOverlaps(std::span<const Box> boxes, double threshold);

} // namespace core
