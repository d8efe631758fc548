// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"
#include "core/geometry/pixel_rect.h"

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace core
{

/// Borrows 8-bit RGB pixels, interleaved, rows `stride` bytes apart.
struct ImageView {
    const std::uint8_t *data = nullptr;
    Size size;
    std::ptrdiff_t stride = 0;
    const std::uint8_t *row(int y) const { return data + y * stride; }
    /// `rect` must lie inside.
    ImageView part(const PixelRect &rect) const
    {
        return {row(rect.y) + std::ptrdiff_t(rect.x) * 3, {rect.width, rect.height}, stride};
    }
};

/// Owns 8-bit RGB pixels, interleaved, rows without padding, already turned upright (EXIF).
struct Image {
    Size size;
    std::vector<std::uint8_t> pixels;

    Image() = default;
    explicit Image(Size s) : size(s), pixels(static_cast<std::size_t>(s.area()) * 3) {}
    bool isNull() const { return pixels.empty(); }
    std::uint8_t *row(int y)
    {
        return pixels.data() + static_cast<std::ptrdiff_t>(y) * size.width * 3;
    }
    const std::uint8_t *row(int y) const
    {
        return pixels.data() + static_cast<std::ptrdiff_t>(y) * size.width * 3;
    }
    ImageView view() const
    {
        return {pixels.data(), size, static_cast<std::ptrdiff_t>(size.width) * 3};
    }
    bool operator==(const Image &) const = default;
};

} // namespace core
