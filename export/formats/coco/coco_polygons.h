// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace exporters
{

/// A mask as COCO's lists of polygons hold it, and what that changed.
struct CocoPolygons {
    std::vector<std::vector<double>> rings; ///< around the parts
    core::Rle mask;                         ///< what other programs will read from them
    bool areHolesFilled = false;
    double iou = 1; ///< of that mask with what fewer points had to follow
};

/// Along the edges of the pixels, so that nothing changes but that holes are filled; with a
/// `tolerance`, in pixels, of fewer points.
CocoPolygons cocoPolygons(const core::Rle &mask, double tolerance);

/// [[x0, y0, ...], ...], whole numbers as such.
nlohmann::ordered_json toJson(const std::vector<std::vector<double>> &rings);

} // namespace exporters
