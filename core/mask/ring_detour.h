// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <span>
#include <vector>

namespace core
{

/// A stretch of a mask's outline that is to take another course. Coordinates are those of
/// rleFromPolygon(): x0, y0, x1, y1, ..., the first pixel spans 0 to 1.
struct RingDetour {
    /// One ring of the outline, its first point not told again; the mask lies on the right hand
    /// when it is walked (y points down), as traced outlines have it.
    std::span<const double> ring;
    /// Numbers of ring points. The old course leads from the one on to the other, past the ring's
    /// end if need be; the whole way round when they are the same.
    std::size_t from = 0;
    std::size_t to = 0;
    std::vector<double> via; ///< the new course between these two points; empty: straight
};

/// The pixels between the old course and the new one.
Rle sweptRegion(const RingDetour &detour, Size size);

/// The mask with the detour taken. Pixels between the courses join it or leave it, as they now lie
/// on the inner or the outer side of the ring; every other pixel stays as it is, so that holes,
/// crumbs and the rest of the outline are kept to the pixel.
Rle takeDetour(const Rle &mask, const RingDetour &detour);

} // namespace core
