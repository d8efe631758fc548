// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/segmentation/input_geometry.h"

#include <span>

namespace core
{

/// Gets the full-size logits as far as somebody who only cuts them needs them. Areas and rows come
/// in no order but cover every pixel of the picture once.
class LogitCutSink
{
public:
    virtual ~LogitCutSink() = default;
    /// All of these pixels lie above just the first `level` of the cuts.
    virtual void area(const PixelRect &pixels, int level) = 0;
    /// The pixels of row `y` from column `x` on, as LogitRows has them.
    virtual void row(int y, int x, std::span<const float> logits) = 0;
};

/// Where the full-size logits lie above each of `cuts` (ascending), exactly as LogitRows would tell
/// pixel by pixel, but computed only along the borders: what is interpolated lies between the
/// values it is made of, so where these all lie on one side of every cut nothing is left to
/// compute. That is nearly all of a usual mask.
/// `values` are logitsSize.area() floats, row-major, on the grid of the padded picture.
void cutLogits(std::span<const float> values, Size logitsSize, const InputGeometry &geometry,
               std::span<const float> cuts, LogitCutSink &sink);

/// Outside of it cutLogits() with this one cut tells of nothing but areas of level 0; empty where
/// no pixel can lie above the cut.
PixelRect reachAbove(std::span<const float> values, Size logitsSize, const InputGeometry &geometry,
                     float cut);

} // namespace core
