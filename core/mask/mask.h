// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace core
{

/// A binary mask of the size of its image: one byte a pixel, row-major, 0 or 1. Working form; what
/// is kept and written is Rle.
struct Mask {
    Size size;
    std::vector<std::uint8_t> pixels;

    Mask() = default;
    explicit Mask(Size s) : size(s), pixels(static_cast<std::size_t>(s.area())) {}
    bool isNull() const { return pixels.empty(); }
    std::uint8_t *row(int y) { return pixels.data() + static_cast<std::ptrdiff_t>(y) * size.width; }
    const std::uint8_t *row(int y) const
    {
        return pixels.data() + static_cast<std::ptrdiff_t>(y) * size.width;
    }
    std::uint8_t at(int x, int y) const { return row(y)[x]; }
    void set(int x, int y, bool on = true) { row(y)[x] = on; }
    bool operator==(const Mask &) const = default;
};

} // namespace core
