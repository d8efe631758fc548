// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <span>

namespace core
{

/// Fills a closed polygon just as pycocotools does, pixel for pixel. `xy` is x0, y0, x1, y1, ... in
/// COCO's frame: the first pixel spans 0 to 1 (its centre is at 0.5, unlike ImagePoint's). Parts
/// outside the picture are cut off; where the outline crosses itself the even-odd rule holds.
///
/// What pycocotools computes: corners are rounded to fifths of a pixel, the edges walked in such
/// steps, and a column of pixels is entered where the walk passes the middle of the column.
///
/// Throws Error(BadDataset) for an odd number of coordinates, one that is not a number or beyond
/// +-10^8, and an outline that goes to and fro over more than 2^24 columns.
Rle rleFromPolygon(std::span<const double> xy, Size size);

/// The box with its top left corner at (x, y), as a polygon of four corners.
Rle rleFromBox(double x, double y, double width, double height, Size size);

} // namespace core
