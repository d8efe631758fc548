// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/mask.h"

#include <cstdint>

namespace core
{

/// Number of pixels that are on.
std::int64_t area(const Mask &mask);

/// The smallest block that holds every pixel that is on; all zero for an empty mask.
PixelRect boundingBox(const Mask &mask);

/// Intersection over union, 0 when both are empty. The sizes must be equal.
double iou(const Mask &a, const Mask &b);

} // namespace core
