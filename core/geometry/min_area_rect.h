// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

namespace core
{

/// The corners of the smallest convex outline around points x0, y0, x1, y1, ..., clockwise (y
/// points down) from the leftmost one; none of them lies on the line between its neighbours.
std::vector<double> convexHull(std::span<const double> xy);

/// The rectangle of the smallest area, turned as it may be, that holds all points: x and y of four
/// corners, clockwise (y points down) from the one nearest to the top left, that is of the smallest
/// x + y. One side of it lies along a side of the hull (Freeman and Shapira, 1975), which rotating
/// calipers try one after the other. Points on a line give a rectangle without area; there must be
/// a point.
std::array<double, 8> minAreaRect(std::span<const double> xy);

} // namespace core
