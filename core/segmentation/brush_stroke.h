// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/prompt.h"

#include <vector>

namespace core
{

/// One stroke of the prompting brush, as the hand drew it. brush_prompt.h makes a prompt of it.
struct BrushStroke {
    std::vector<ImagePoint> path; ///< in drawing order, at least one point
    double radius = 1;            ///< image pixels
    PointLabel label = PointLabel::Foreground;
    bool operator==(const BrushStroke &) const = default;
};

} // namespace core
