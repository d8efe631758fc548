// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <QByteArray>

#include <random>
#include <vector>

namespace drawn
{

/// The mask that the lines show: # is on.
inline core::Rle mask(const std::vector<const char *> &lines)
{
    const int width = int(QByteArray(lines.front()).size());
    core::Mask mask({width, int(lines.size())});
    for (int y = 0; y < mask.size.height; ++y)
        for (int x = 0; x < width; ++x)
            mask.set(x, y, lines[std::size_t(y)][x] == '#');
    return core::encode(mask);
}

/// Blocks, holes in them and single pixels.
inline core::Rle random(std::mt19937 &random, core::Size size)
{
    core::Mask mask(size);
    const auto upTo = [&](int n) { return int(random() % unsigned(n)); };
    for (int i = upTo(6); i >= 0; --i) {
        const bool isOn = upTo(3) > 0;
        const int x0 = upTo(size.width), y0 = upTo(size.height);
        const int x1 = x0 + upTo(size.width - x0), y1 = y0 + upTo(size.height - y0);
        for (int y = y0; y <= y1; ++y)
            for (int x = x0; x <= x1; ++x)
                mask.set(x, y, isOn);
    }
    for (int i = upTo(8); i > 0; --i) {
        const int x = upTo(size.width), y = upTo(size.height);
        mask.set(x, y, !mask.at(x, y));
    }
    return core::encode(mask);
}

} // namespace drawn
