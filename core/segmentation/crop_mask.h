// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/rle.h"
#include "core/segmentation/input_geometry.h"
#include "core/segmentation/prompt.h"

namespace core
{

struct CropMask {
    Rle mask;                 ///< at the size of the whole picture, nothing outside the crop
    float stabilityScore = 0; ///< 0 when both cuts are empty
};

/// The logits of a crop as run lengths in the whole picture, and their stability score, equal to
/// postprocessMask() with the crop laid into the picture. Holds a few rows, never a mask or a float
/// image at the picture's size. `geometry.original` is the crop's size;
/// the offset is 0 or more.
CropMask cropMask(const LowResLogits &logits, const InputGeometry &geometry, const PixelRect &crop,
                  Size picture, float stabilityOffset);

} // namespace core
