// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"

#include <algorithm>
#include <random>
#include <string_view>

/// A mask from rows of text, each ended by a line break: '#' is on, everything else off.
inline core::Mask drawn(std::string_view text)
{
    const int width = static_cast<int>(text.find('\n'));
    core::Mask mask({width, static_cast<int>(text.size()) / (width + 1)});
    for (int y = 0; y < mask.size.height; ++y)
        for (int x = 0; x < width; ++x)
            mask.set(x, y, text[std::size_t(y) * std::size_t(width + 1) + std::size_t(x)] == '#');
    return mask;
}

/// Noise of any density, or blocks put and taken: with islands, holes, and pixels at the border.
inline core::Mask randomMask(core::Size size, std::mt19937 &random)
{
    core::Mask mask(size);
    const auto below = [&random](int n) { return std::uniform_int_distribution(0, n - 1)(random); };
    if (below(2) == 0) {
        const int share = below(101);
        for (std::uint8_t &pixel : mask.pixels)
            pixel = below(100) < share;
        return mask;
    }
    for (int i = below(12); i >= 0; --i) {
        const int left = below(size.width), right = left + below(size.width - left);
        const int top = below(size.height), bottom = top + below(size.height - top);
        for (int y = top; y <= bottom; ++y)
            std::fill(mask.row(y) + left, mask.row(y) + right + 1, std::uint8_t(i % 3 != 1));
    }
    return mask;
}
