// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/region_picker.h"

#include <algorithm>
#include <vector>

namespace core
{
namespace
{

constexpr double smallestShare = 0.004; // of the window
constexpr double largestShare = 0.6;
constexpr int draws = 24;

std::uint16_t idAt(const LabelMap &level, const CropWindow &window, int x, int y)
{
    return level
        .ids[std::size_t(window.y + y) * std::size_t(level.size.width) + std::size_t(window.x + x)];
}

/// The 4-connected component of equal ids around a pixel of the window.
Mask component(const LabelMap &level, const CropWindow &window, int startX, int startY)
{
    Mask mask({window.side, window.side});
    const auto id = idAt(level, window, startX, startY);
    std::vector<std::pair<int, int>> open{{startX, startY}};
    mask.set(startX, startY);
    while (!open.empty()) {
        const auto [x, y] = open.back();
        open.pop_back();
        for (const auto &[nx, ny] : {std::pair{x - 1, y}, {x + 1, y}, {x, y - 1}, {x, y + 1}}) {
            const bool isInside = nx >= 0 && ny >= 0 && nx < window.side && ny < window.side;
            if (isInside && !mask.at(nx, ny) && idAt(level, window, nx, ny) == id) {
                mask.set(nx, ny);
                open.emplace_back(nx, ny);
            }
        }
    }
    return mask;
}

/// Half of the draws take what a random pixel belongs to, which favours large regions; the other
/// half a random id, all ids alike.
std::pair<int, int> startPixel(const LabelMap &level, const CropWindow &window, Random &random)
{
    const auto randomPixel = [&] {
        return std::pair{random.index(window.side), random.index(window.side)};
    };
    if (random.chance(0.5f))
        return randomPixel();
    std::vector<std::pair<std::uint16_t, std::pair<int, int>>> seen; // one random pixel per id
    for (int i = 0; i < 200; ++i) {
        const auto [x, y] = randomPixel();
        const auto id = idAt(level, window, x, y);
        if (id != noRegion &&
            std::none_of(seen.begin(), seen.end(), [&](const auto &s) { return s.first == id; }))
            seen.push_back({id, {x, y}});
    }
    if (seen.empty())
        return randomPixel();
    return seen[std::size_t(random.index(int(seen.size())))].second;
}

} // namespace

std::optional<Mask> pickRegion(const TrainingScene &scene, const CropWindow &window, Random &random)
{
    const double pixels = double(window.side) * window.side;
    for (int i = 0; i < draws; ++i) {
        const auto &level = scene.levels[std::size_t(random.index(int(scene.levels.size())))];
        const auto [x, y] = startPixel(level, window, random);
        if (idAt(level, window, x, y) == noRegion)
            continue;
        Mask mask = component(level, window, x, y);
        const auto area = double(std::count(mask.pixels.begin(), mask.pixels.end(), 1));
        if (area >= smallestShare * pixels && area <= largestShare * pixels)
            return mask;
    }
    return std::nullopt;
}

} // namespace core
