// SPDX-License-Identifier: Apache-2.0
#include "core/mask/mask_measure.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace core
{
namespace
{

/// Sums bytes in short stretches, whose 32-bit sums the compiler turns into vector instructions.
template <typename ValueAt>
std::int64_t sum(std::size_t count, ValueAt valueAt)
{
    constexpr std::size_t stretch = 1 << 16;
    std::int64_t total = 0;
    for (std::size_t begin = 0; begin < count; begin += stretch) {
        const std::size_t end = std::min(begin + stretch, count);
        std::uint32_t part = 0;
        for (std::size_t i = begin; i < end; ++i)
            part += valueAt(i);
        total += part;
    }
    return total;
}

} // namespace

std::int64_t area(const Mask &mask)
{
    const std::uint8_t *pixels = mask.pixels.data();
    return sum(mask.pixels.size(), [=](std::size_t i) { return pixels[i]; });
}

PixelRect boundingBox(const Mask &mask)
{
    const auto isOn = [](std::uint8_t pixel) { return pixel != 0; };
    int left = mask.size.width, right = 0, top = 0,
        bottom = 0; // right and bottom lie behind the last
    for (int y = 0; y < mask.size.height; ++y) {
        const std::uint8_t *begin = mask.row(y);
        const std::uint8_t *end = begin + mask.size.width;
        const std::uint8_t *first = std::find_if(begin, end, isOn);
        if (first == end)
            continue;
        const auto last =
            std::find_if(std::reverse_iterator(end), std::reverse_iterator(begin), isOn);
        top = bottom == 0 ? y : top;
        bottom = y + 1;
        left = std::min(left, static_cast<int>(first - begin));
        right = std::max(right, static_cast<int>(last.base() - begin));
    }
    if (bottom == 0)
        return {};
    return {left, top, right - left, bottom - top};
}

double iou(const Mask &a, const Mask &b)
{
    assert(a.size == b.size);
    const std::uint8_t *pixelsA = a.pixels.data();
    const std::uint8_t *pixelsB = b.pixels.data();
    const std::int64_t both =
        sum(a.pixels.size(), [=](std::size_t i) { return pixelsA[i] & pixelsB[i]; });
    const std::int64_t either = area(a) + area(b) - both;
    return both == 0 ? 0 : static_cast<double>(both) / static_cast<double>(either);
}

} // namespace core
