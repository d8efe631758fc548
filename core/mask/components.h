// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/rle.h"

#include <vector>

namespace core
{

/// What makes two pixels neighbours: a common edge, or a corner as well.
enum class Connectivity { Four, Eight };

/// Sets of pixels that hang together, as runs: nothing here is as large as the picture.
struct Components {
    struct Component {
        std::int64_t area = 0;
        PixelRect box;
    };
    /// Pixels of one column, from `begin` to before `end` counted as in Rle.
    struct Run {
        std::uint32_t begin;
        std::uint32_t end;
        std::uint32_t component; ///< index in `list`
    };
    Size size;
    std::vector<Component> list; ///< in the order of their first pixels, column by column
    std::vector<Run> runs;       ///< in order
};

/// The parts of a mask. Parts that touch at a corner are one, unless Four is asked for.
Components findParts(const Rle &mask, Connectivity connectivity = Connectivity::Eight);

/// The holes of a mask: pixels that are off and cannot reach the border of the picture. They go by
/// edges, so that a hole ends where the mask around it touches at a corner, unless Eight is asked
/// for.
Components findHoles(const Rle &mask, Connectivity connectivity = Connectivity::Four);

/// One mask for each component.
std::vector<Rle> masksOf(const Components &components);

/// All components for which `isWanted`, one entry each, holds, as one mask.
Rle maskOf(const Components &components, const std::vector<bool> &isWanted);

} // namespace core
