// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace exporters
{

/// COCO's [x, y, width, height] count from the corner of the first pixel, Box from its centre.
inline core::Box boxFromCoco(double x, double y, double width, double height)
{
    return {x - 0.5, y - 0.5, x + width - 0.5, y + height - 0.5};
}

/// Four numbers, the last two above 0, none beyond what the corners of polygons may have.
inline bool isCocoBox(std::span<const double> numbers)
{
    constexpr double largest = 1e8;
    return numbers.size() == 4 && numbers[2] > 0 && numbers[3] > 0 &&
           std::ranges::all_of(numbers, [](double n) { return std::abs(n) <= largest; });
}

/// And back. Half a pixel was taken away and is added again: what that costs in the last digits is
/// rounded away.
inline std::array<double, 4> cocoFromBox(const core::Box &box)
{
    const auto rounded = [](double value) { return std::round(value * 1e6) / 1e6; };
    return {rounded(box.x0 + 0.5), rounded(box.y0 + 0.5), rounded(box.width()),
            rounded(box.height())};
}

} // namespace exporters
