// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"
#include "core/geometry/pixel_rect.h"

#include <vector>

namespace core
{

/// `perSide` x `perSide` places spread evenly over the unit square, row by row, half a step from
/// its edges.
std::vector<ImagePoint> pointGrid(int perSide);

/// The grid of every layer of crops: layer i has perSide / scale^i points a side, rounded down, and
/// at least one.
std::vector<std::vector<ImagePoint>> layerPointGrids(int perSide, int layers, int scale);

/// A part of the picture that is looked at by itself.
struct Crop {
    PixelRect rect;
    int layer = 0; ///< 0: the whole picture
    bool operator==(const Crop &) const = default;
};

/// The whole picture, then layer by layer (2^layer)^2 crops, column by column. Neighbours overlap
/// by `overlapRatio` of the picture's shorter side in layer 1, by half of that in layer 2, and so
/// on.
std::vector<Crop> cropLayers(Size picture, int layers, double overlapRatio);

/// Whether a mask with this box (centres of the outermost pixels, picture frame) seems cut off by
/// its crop: a side lies within `tolerance` pixels of the crop's border, and not of the picture's.
bool isCutOff(const Box &box, const PixelRect &crop, Size picture, double tolerance = 20);

} // namespace core
