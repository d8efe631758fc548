// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

namespace core
{

enum class SmallRegion {
    Hole,   ///< pixels that are off
    Island, ///< pixels that are on
};

/// Fills the holes, or clears the islands, that have fewer than `area` pixels; where every island
/// is that small, the largest stays. Regions hang together by edges and corners. True when there
/// was such a region, even when nothing had to change because it is the only island.
///
/// Equal to remove_small_regions of SAM, which leaves the counting to OpenCV. Works on the runs:
/// the cost is in their number and the picture's width, not in its pixels.
bool removeSmallRegions(Rle &mask, double area, SmallRegion kind);

} // namespace core
