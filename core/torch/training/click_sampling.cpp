// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/click_sampling.h"

#include "core/mask/distance_transform.h"

#include <algorithm>
#include <vector>

namespace core
{
namespace
{

constexpr float deepShare = 0.6f;

ModelPoint centreOf(std::size_t index, Size size)
{
    const auto width = std::size_t(size.width);
    return {float(index % width) + 0.5f, float(index / width) + 0.5f};
}

/// Pixels of a that are not in b.
Mask without(const Mask &a, const Mask &b)
{
    Mask difference(a.size);
    std::transform(a.pixels.begin(), a.pixels.end(), b.pixels.begin(), difference.pixels.begin(),
                   [](std::uint8_t in, std::uint8_t out) { return std::uint8_t(in && !out); });
    return difference;
}

} // namespace

std::optional<ModelPoint> sampleClick(const Mask &region, Random &random)
{
    std::vector<std::size_t> candidates;
    if (random.chance(deepShare)) {
        const auto depths = squaredDistances(region);
        const auto deepest = std::max_element(depths.begin(), depths.end());
        if (*deepest == 0)
            return std::nullopt;
        // Half of these at the deepest pixel, where the measuring annotator clicks; half anywhere
        // at least half as deep.
        const auto enough =
            random.chance(0.5f) ? *deepest : std::max<std::int64_t>(1, *deepest / 4);
        for (std::size_t i = 0; i < depths.size(); ++i) {
            if (depths[i] >= enough)
                candidates.push_back(i);
        }
    } else {
        for (std::size_t i = 0; i < region.pixels.size(); ++i) {
            if (region.pixels[i])
                candidates.push_back(i);
        }
    }
    if (candidates.empty())
        return std::nullopt;
    return centreOf(candidates[std::size_t(random.index(int(candidates.size())))], region.size);
}

std::optional<Box> sampleBox(const Mask &region, Random &random)
{
    Box box{double(region.size.width), double(region.size.height), 0, 0};
    for (int y = 0; y < region.size.height; ++y) {
        for (int x = 0; x < region.size.width; ++x) {
            if (region.at(x, y))
                box = {std::min<double>(box.x0, x), std::min<double>(box.y0, y),
                       std::max<double>(box.x1, x + 1), std::max<double>(box.y1, y + 1)};
        }
    }
    if (box.x1 <= box.x0)
        return std::nullopt;
    const float unsteadiness = random.chance(0.5f) ? 0.01f : 0.06f;
    const float dx = unsteadiness * float(box.width()), dy = unsteadiness * float(box.height());
    return Box{box.x0 + random.normal(0, dx), box.y0 + random.normal(0, dy),
               box.x1 + random.normal(0, dx), box.y1 + random.normal(0, dy)};
}

SampledClick sampleCorrection(const Mask &target, const Mask &answer, Random &random)
{
    const Mask missing = without(target, answer), excess = without(answer, target);
    const auto missingArea = std::count(missing.pixels.begin(), missing.pixels.end(), 1);
    const auto excessArea = std::count(excess.pixels.begin(), excess.pixels.end(), 1);
    if (missingArea + excessArea > 0) {
        const bool isForeground = random.index(int(missingArea + excessArea)) < missingArea;
        if (const auto click = sampleClick(isForeground ? missing : excess, random))
            return {*click, isForeground};
    }
    return {sampleClick(target, random).value_or(ModelPoint{}), true};
}

} // namespace core
