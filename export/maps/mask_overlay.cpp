// SPDX-License-Identifier: Apache-2.0
#include "export/maps/mask_overlay.h"

#include <array>
#include <cassert>

namespace exporters
{
namespace
{

constexpr int percent = 45;
constexpr int pixelsPerOutlineWidth = 600;

/// Without the pixels that touch the outside, or the picture's border, above, below, left or right.
core::Mask eroded(const core::Mask &mask)
{
    core::Mask inner(mask.size);
    for (int y = 1; y + 1 < mask.size.height; ++y) {
        const std::uint8_t *above = mask.row(y - 1);
        const std::uint8_t *row = mask.row(y);
        const std::uint8_t *below = mask.row(y + 1);
        std::uint8_t *result = inner.row(y);
        for (int x = 1; x + 1 < mask.size.width; ++x)
            result[x] = row[x] & row[x - 1] & row[x + 1] & above[x] & below[x];
    }
    return inner;
}

} // namespace

void drawOverlay(core::Image &image, const core::Mask &mask, core::Color color)
{
    assert(image.size == mask.size);
    const int longerSide = std::max(image.size.width, image.size.height);
    core::Mask inner = eroded(mask);
    for (int width = 1; width < longerSide / pixelsPerOutlineWidth; ++width)
        inner = eroded(inner);

    const std::array<int, 3> paint{static_cast<int>(color >> 16 & 0xff),
                                   static_cast<int>(color >> 8 & 0xff),
                                   static_cast<int>(color & 0xff)};
    for (std::size_t i = 0; i < mask.pixels.size(); ++i) {
        if (mask.pixels[i] == 0)
            continue;
        std::uint8_t *pixel = image.pixels.data() + 3 * i;
        const int share = inner.pixels[i] != 0 ? percent : 100;
        for (std::size_t c = 0; c < 3; ++c)
            pixel[c] =
                static_cast<std::uint8_t>((pixel[c] * (100 - share) + paint[c] * share + 50) / 100);
    }
}

} // namespace exporters
