// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

namespace core
{

inline constexpr int maxSmoothingRadius = 50;

/// Rounds a mask's outline: a pixel is on afterwards when most of what surrounds it was on. Pixels
/// up to `radius` away count, near ones more; steps and bumps of about that size go, long straight
/// edges stay where they are, on and off are treated alike.
///
/// Beyond the border of the picture its last pixels are thought to go on, so that an object cut
/// off by the border keeps touching it. The result lies within the mask's own bounding box, which
/// is all that is looked at. `radius`: 0 (nothing changes) to maxSmoothingRadius.
Rle smooth(const Rle &mask, int radius);

} // namespace core
