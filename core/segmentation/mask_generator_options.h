// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/segmentation/generated_mask.h"

namespace core
{

/// The options of SAM's automatic mask generator by their names there, with its defaults.
struct MaskGeneratorOptions {
    int pointsPerSide = 32;
    int pointsPerBatch = 64;
    MaskThresholds thresholds;
    /// Not SAM's: predicted IoU, stability and least area as suggestedThresholds() has them.
    bool suggestsThresholds = false;
    float stabilityScoreOffset = 1.0f; ///< logits; 0 or more
    int cropNLayers = 0;               ///< layer i looks at (2^i)^2 parts of the picture
    double cropOverlapRatio = 512.0 / 1500;
    int cropNPointsDownscaleFactor = 1;
    double minMaskRegionArea = 0; ///< pixels; 0: masks are left as they are

    /// Only this part of the picture is looked at, as if it were a picture; empty: all of it.
    PixelRect region;
};

} // namespace core
