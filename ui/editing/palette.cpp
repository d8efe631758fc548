// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/palette.h"

#include <algorithm>
#include <array>
#include <vector>

namespace ui
{
namespace
{

// The first eight are close to Okabe and Ito's; each of the others is the one that lies farthest
// from all before it, in the worst of four kinds of colour vision. The test computes the distances.
const std::array<QColor, 20> colors{
    QColor(0xE6, 0x9F, 0x00), QColor(0x56, 0xB4, 0xE9), QColor(0x00, 0x9E, 0x73),
    QColor(0xF0, 0xE4, 0x42), QColor(0x00, 0x60, 0xC0), QColor(0xD5, 0x5E, 0x00),
    QColor(0xCC, 0x79, 0xA7), QColor(0x9A, 0xE6, 0xD6), QColor(0x66, 0x22, 0x00),
    QColor(0x77, 0x00, 0xFF), QColor(0x44, 0x33, 0x44), QColor(0x00, 0xFF, 0x99),
    QColor(0x33, 0x00, 0xAA), QColor(0xDD, 0x11, 0x44), QColor(0x66, 0x00, 0x77),
    QColor(0xAA, 0xBB, 0x55), QColor(0xEE, 0x11, 0xFF), QColor(0x88, 0x55, 0x99),
    QColor(0x44, 0x66, 0x33), QColor(0x77, 0xBB, 0x77),
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
