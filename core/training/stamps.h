// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/canvas.h"
#include "core/training/material.h"

namespace core
{

/// A picture cut out by its alpha channel, turned, scaled and recoloured, in its place on the
/// canvas.
struct Stamp {
    Region region;
    cv::Mat fill; ///< CV_32FC3, the size of the region's box
};

/// `radius`: half of the stamp's longer side in pixels. Empty region when it misses `bounds`.
Stamp randomStamp(Random &random, const Material &material, cv::Point2f centre, float radius,
                  cv::Rect bounds);

} // namespace core
