// SPDX-License-Identifier: Apache-2.0
#include "plain_regions.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace fuzz
{
namespace
{

/// The region of the pixel (x, y), whose pixels are taken out of `left`.
std::vector<Pixel> flooded(core::Mask &left, Pixel first, bool byCorners)
{
    std::vector<Pixel> region{first};
    left.set(first.x, first.y, false);
    for (std::size_t i = 0; i < region.size(); ++i) {
        for (int dx = -1; dx <= 1; ++dx) {
            for (int dy = -1; dy <= 1; ++dy) {
                const int x = region[i].x + dx, y = region[i].y + dy;
                if (x < 0 || y < 0 || x >= left.size.width || y >= left.size.height ||
                    left.at(x, y) == 0 || (!byCorners && std::abs(dx) + std::abs(dy) == 2))
                    continue;
                left.set(x, y, false);
                region.push_back({x, y});
            }
        }
    }
    return region;
}

} // namespace

Regions plainRegions(const core::Mask &mask, bool on, core::Connectivity connectivity)
{
    core::Mask left(mask.size);
    std::ranges::transform(mask.pixels, left.pixels.begin(),
                           [on](std::uint8_t pixel) { return (pixel != 0) == on; });
    Regions regions;
    for (int x = 0; x < mask.size.width; ++x) {
        for (int y = 0; y < mask.size.height; ++y) {
            if (left.at(x, y) != 0)
                regions.push_back(flooded(left, {x, y}, connectivity == core::Connectivity::Eight));
        }
    }
    return regions;
}

bool touchesBorder(const std::vector<Pixel> &region, core::Size size)
{
    return std::ranges::any_of(region, [&](Pixel pixel) {
        return pixel.x == 0 || pixel.y == 0 || pixel.x == size.width - 1 ||
               pixel.y == size.height - 1;
    });
}

const std::vector<Pixel> *largest(const Regions &regions)
{
    const auto firstBlock = [](const std::vector<Pixel> &region) {
        std::pair first{region[0].y / 2, region[0].x / 2};
        for (const Pixel pixel : region)
            first = std::min(first, {pixel.y / 2, pixel.x / 2});
        return first;
    };
    const std::vector<Pixel> *best = nullptr;
    for (const auto &region : regions) {
        if (!best || region.size() > best->size() ||
            (region.size() == best->size() && firstBlock(region) < firstBlock(*best)))
            best = &region;
    }
    return best;
}

core::Mask maskOf(const std::vector<Pixel> &region, core::Size size)
{
    core::Mask mask(size);
    for (const Pixel pixel : region)
        mask.set(pixel.x, pixel.y);
    return mask;
}

} // namespace fuzz
