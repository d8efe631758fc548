// SPDX-License-Identifier: Apache-2.0
#include "core/bench/sample_masks.h"

#include "core/mask/rle_merge.h"
#include "core/mask/rle_polygon.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace core
{
namespace
{

/// A closed outline around a random place; each corner is moved in or out by up to `fray` pixels.
Rle blob(Size size, double radius, int corners, double fray, std::mt19937 &random)
{
    std::uniform_real_distribution<double> unit(0, 1);
    const double x = unit(random) * size.width, y = unit(random) * size.height;
    const double phase2 = unit(random) * 7, phase3 = unit(random) * 7, flat = 0.5 + unit(random);
    std::vector<double> xy;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        const double bulge =
            1 + 0.2 * std::sin(2 * angle + phase2) + 0.1 * std::sin(3 * angle + phase3);
        const double r = radius * bulge + fray * (2 * unit(random) - 1);
        xy.push_back(x + r * flat * std::cos(angle));
        xy.push_back(y + r * std::sin(angle));
    }
    return withoutEmptyRuns(rleFromPolygon(xy, size));
}

} // namespace

Rle sampleMask(MaskKind kind, Size size, std::mt19937 &random)
{
    const double side = std::min(size.width, size.height);
    const double radius = side * std::uniform_real_distribution<double>(0.05, 0.4)(random);
    if (kind == MaskKind::Smooth)
        return blob(size, radius, 96, 0, random);
    if (kind == MaskKind::Noise) {
        Mask mask(size);
        for (std::uint8_t &pixel : mask.pixels)
            pixel = random() >> 7 & 1;
        return encode(mask);
    }
    Rle ragged = blob(size, radius, 12 + int(radius * 3), radius * 0.08, random);
    for (int i = 0; i < 20; ++i)
        ragged = combine(ragged, blob(size, radius * 0.2, 24, radius * 0.02, random),
                         SetOperation::SymmetricDifference);
    return ragged;
}

void transpose(const std::uint8_t *from, std::uint8_t *to, std::size_t width, std::size_t height)
{
    constexpr std::size_t tile = 32; // so that both sides stay in the cache
    for (std::size_t top = 0; top < height; top += tile) {
        for (std::size_t left = 0; left < width; left += tile) {
            for (std::size_t x = left; x < std::min(left + tile, width); ++x) {
                for (std::size_t y = top; y < std::min(top + tile, height); ++y)
                    to[x * height + y] = from[y * width + x];
            }
        }
    }
}

} // namespace core
