// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"

#include <vector>

namespace core
{

/// What lies beyond the picture's border.
enum class Beyond {
    Off,     ///< as if the picture stood in a frame of pixels that are off
    Nothing, ///< no pixels: the border is no border of the mask
};

/// Squared Euclidean distance, in pixels, from every pixel's centre to that of the nearest pixel
/// that is off; 0 where the pixel is off itself. Row-major. Exact, in integers. `unreachable` where
/// there is no such pixel. (Felzenszwalb and Huttenlocher, Distance Transforms of Sampled
/// Functions: columns, then the lower envelope of parabolas along the rows.)
std::vector<std::int64_t> squaredDistances(const Mask &mask, Beyond beyond = Beyond::Off);

inline constexpr std::int64_t unreachable = std::int64_t(1) << 50;

} // namespace core
