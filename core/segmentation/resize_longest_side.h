// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"

namespace core
{

/// The size with the longest side brought to `longSide` pixels and the aspect kept, rounded as SAM
/// rounds. A side that would vanish (aspect beyond 2 x longSide) becomes one pixel.
Size longestSideSize(Size original, int longSide);

/// PIL's 8-bit bilinear resize, bit for bit: antialiased when shrinking, horizontal then vertical
/// pass with fixed-point coefficients, rounded to a byte after each. SAM was trained on such
/// pixels, and plain bilinear gives others. Needs memory for a few rows and the result. Both sizes
/// are at least 1x1.
Image resizeBilinear(ImageView image, Size target);

/// SAM's input pixels: enlarges small pictures too.
Image resizeLongestSide(ImageView image, int longSide);

} // namespace core
