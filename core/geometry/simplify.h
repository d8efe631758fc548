// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace core
{

/// Which points of a line are enough to follow it (Douglas and Peucker, 1973): each point left out
/// lies within `tolerance` of the straight piece that passes it by. `xy` is x0, y0, x1, y1, ...;
/// what comes back are numbers of points, ascending, the first and the last one among them.
std::vector<std::size_t> simplifyLine(std::span<const double> xy, double tolerance);

/// The same for a closed ring whose first point is not told again at the end. At least three points
/// are kept when the ring has three that do not lie on one line; a ring of four or fewer is kept
/// whole.
std::vector<std::size_t> simplifyRing(std::span<const double> xy, double tolerance);

} // namespace core
