// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/input_geometry.h"
#include "core/segmentation/prompt.h"

#include <span>
#include <vector>

namespace core
{

/// A stroke of a round brush: the way of its centre and its radius, in original pixels.
struct BrushStroke {
    std::vector<ImagePoint> path;
    double radius = 1;
    PointLabel label = PointLabel::Foreground;
    bool operator==(const BrushStroke &) const = default;
};

/// The stroke as a question: at most `maxBrushPoints` points, evenly spread along the way, and the
/// painted region as prior logits on the model's grid (foreground strokes only: a prior that says
/// nothing but "not here" is none). Depends on the way that was drawn and not on how often it was
/// sampled: where samples lie on the way between others, the prompt is equal to the last bit. The
/// path must not be empty.
Prompt brushPrompt(const BrushStroke &stroke, const InputGeometry &geometry, Size logitsSize);

inline constexpr int maxBrushPoints = 5;

} // namespace core
