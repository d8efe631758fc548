// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <optional>
#include <vector>

namespace exporters
{

/// What one shape of an annotation file covers: pixels, or no more than a box (then the mask has
/// the picture's size and no counts, as in core::Annotation).
struct Region {
    core::Rle mask;
    std::optional<core::Box> box;
};

/// A box from two opposite corners in any order, in the frame in which the first pixel spans 0
/// to 1. What lies outside of the picture is cut off. Throws core::Error(BadDataset) when nothing
/// of it lies inside, or for what is not a number.
Region boxRegion(double x0, double y0, double x1, double y1, core::Size size);

/// The pixels, those of a box being filled.
core::Rle pixelsOf(const Region &region);

/// The corners x0, y0, x1, y1, ... of a rectangle that was turned clockwise (y points down) about
/// the point (pivotX, pivotY).
std::vector<double> turnedRectangle(const core::Box &rectangle, double degrees, double pivotX,
                                    double pivotY);

} // namespace exporters
