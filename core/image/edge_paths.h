// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"

#include <memory>
#include <vector>

namespace core
{

/// The cheapest ways along a picture's edges from one pixel to all others (intelligent scissors,
/// Mortensen and Barrett 1995; OpenCV's). Making it costs about a second for a million pixels: give
/// it a part of the picture, and make it away from the GUI thread. Asking it costs next to nothing,
/// and many threads may.
class EdgePaths
{
public:
    /// A whole pixel, the first one is (0, 0).
    struct Pixel {
        int x = 0;
        int y = 0;
        bool operator==(const Pixel &) const = default;
    };

    /// `picture` must have a pixel and `anchor` be one of them. The pixels are not needed
    /// afterwards.
    EdgePaths(ImageView picture, Pixel anchor);
    ~EdgePaths();

    /// From the anchor to `target`, both included, each a neighbour (one of eight) of the one
    /// before.
    std::vector<Pixel> to(Pixel target) const;

private:
    struct Map;
    std::unique_ptr<const Map> m_map;
};

} // namespace core
