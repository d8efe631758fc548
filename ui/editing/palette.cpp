// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/palette.h"

#include <algorithm>
#include <array>
#include <vector>

namespace ui
{
namespace
{

// Hue alone does not tell colours apart for everyone, so neighbours in hue differ in lightness.
const std::array<QColor, 20> colors{
    QColor(0xE6, 0x9F, 0x00), QColor(0x56, 0xB4, 0xE9), QColor(0x00, 0x9E, 0x73),
    QColor(0xF0, 0xE4, 0x42), QColor(0x00, 0x72, 0xB2), QColor(0xD5, 0x5E, 0x00),
    QColor(0xCC, 0x79, 0xA7), QColor(0x9A, 0xE6, 0xD6), QColor(0x6A, 0x3D, 0x9A),
    QColor(0xFF, 0xC9, 0xB5), QColor(0x7A, 0x4A, 0x12), QColor(0xB8, 0xE9, 0x86),
    QColor(0x8C, 0x12, 0x3A), QColor(0xB9, 0xB4, 0xFF), QColor(0x2F, 0x6B, 0x2F),
    QColor(0xFF, 0x8F, 0x70), QColor(0x1B, 0x2A, 0x6B), QColor(0xE8, 0xE8, 0xE8),
    QColor(0x0F, 0xD0, 0xC0), QColor(0xFF, 0x66, 0xD0),
};

} // namespace

std::span<const QColor> palette()
{
    return colors;
}

QColor nextColor(std::span<const QColor> used)
{
    const auto timesUsed = [&](const QColor &color) {
        return std::count_if(used.begin(), used.end(),
                             [&](const QColor &u) { return u.rgb() == color.rgb(); });
    };
    return *std::min_element(colors.begin(), colors.end(), [&](const QColor &a, const QColor &b) {
        return timesUsed(a) < timesUsed(b);
    });
}

} // namespace ui
