// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/mask.h"
#include "core/segmentation/input_geometry.h"
#include "core/segmentation/prompt.h"

#include <span>

namespace core
{

/// SAM's own threshold on the full-size logits: a pixel belongs to the mask when its logit is above
/// it.
inline constexpr float maskThreshold = 0.0f;
/// SAM's distance of the two cuts of the stability score from the threshold, in logits.
inline constexpr float defaultStabilityOffset = 1.0f;

struct PostprocessedMask {
    Mask mask;                ///< at the size of the original picture
    float stabilityScore = 0; ///< 0 when both cuts are empty
};

/// Enlarges the logits to the padded picture, crops the padding, resizes to the original picture,
/// then thresholds. Thresholding comes last: done first, it would give stair-shaped borders.
/// `values` are logitsSize.area() floats, row-major, on the grid of the padded picture.
PostprocessedMask postprocessMask(std::span<const float> values, Size logitsSize,
                                  const InputGeometry &geometry,
                                  float stabilityOffset = defaultStabilityOffset);

/// The same for logits that were kept. A higher threshold than the model's own gives a tighter
/// mask.
Mask maskFromLogits(const LowResLogits &logits, const InputGeometry &geometry,
                    float threshold = maskThreshold);

/// A part of a mask, beyond which nothing is on.
struct MaskBlock {
    PixelRect place; ///< in the original picture; may be empty
    Mask mask;       ///< of the place's size
};

/// maskFromLogits() as far as anything can be on: a small object costs what it covers, however
/// large the picture is.
MaskBlock maskBlockFromLogits(const LowResLogits &logits, const InputGeometry &geometry,
                              float threshold = maskThreshold);

/// Pixels of maskFromLogits(), which does not have to be made for them.
std::int64_t areaFromLogits(const LowResLogits &logits, const InputGeometry &geometry,
                            float threshold = maskThreshold);

/// IoU of the mask cut at threshold + offset and at threshold - offset (both strictly above), at
/// full size: near 1 when the border does not depend on the threshold. 0 when both are empty.
float stabilityScore(const LowResLogits &logits, const InputGeometry &geometry, float offset);

} // namespace core
