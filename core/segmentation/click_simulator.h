// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"
#include "core/segmentation/prompt.h"

#include <optional>

namespace core
{

/// The pixel deepest inside a region and how deep it lies: the Euclidean distance to the nearest
/// pixel outside the region, pixels beyond the picture's border included. Of equals the first in
/// reading order.
struct DeepestPixel {
    ImagePoint position;
    double depth = 0;
};
std::optional<DeepestPixel> deepestPixel(const Mask &region);

/// Where an annotator would click next to bring `answer` to `target`: the deepest pixel of what is
/// missing, as foreground, or of what is too much, as background, whichever lies deeper (missing,
/// when both are equal). With an empty answer this is the first click: the pixel deepest inside the
/// target. Nothing when the two are equal. The sizes must be equal.
std::optional<PointPrompt> nextClick(const Mask &target, const Mask &answer);

} // namespace core
