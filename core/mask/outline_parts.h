// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <vector>

namespace core
{

/// x0, y0, x1, y1, ... of a closed outline whose first point is not told again, in the frame of
/// rleFromPolygon(): the first pixel spans 0 to 1.
using Ring = std::vector<double>;

/// One connected part of a mask, its pixels touching along edges. The outer ring is walked with the
/// mask on the right hand (y points down), the rings around holes the other way.
struct OutlinePart {
    Ring outer;
    std::vector<Ring> holes;
    bool operator==(const OutlinePart &) const = default;
};

/// The outlines along the outer edges of the pixels, corners only, so that filling the outer rings
/// and taking the holes away gives the very mask back. Parts in the order of their first pixel,
/// column by column. Costs time and memory by the length of the outline, not by the picture's size.
std::vector<OutlinePart> outlineParts(const Rle &mask);

/// All parts and holes in one ring, joined by lines there and back, which fill no pixel: what
/// rleFromPolygon() makes of it is the very mask. For formats with one outline an object.
Ring bridgedRing(const std::vector<OutlinePart> &parts);

/// Fewer points, each ring's border passing by at most `tolerance` pixels away (simplifyRing). A
/// ring that would lose its area stays as it is; 0 changes nothing.
std::vector<OutlinePart> simplified(const std::vector<OutlinePart> &parts, double tolerance);

} // namespace core
