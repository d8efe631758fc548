// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/local_change.h"

#include "core/mask/components.h"
#include "core/mask/rle_merge.h"
#include "core/segmentation/click_simulator.h"
#include "core/segmentation/prior_logits.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace core
{
namespace
{

/// How far from a click the supporting point must lie: a share of the radius of a disc of the
/// mask's area.
constexpr double apart = 0.5;

/// The parts of `region` that hold one of the clicks of this label.
Rle partsAt(const Rle &region, std::span<const PointPrompt> clicks, PointLabel label)
{
    const Components parts = findParts(region);
    std::vector<bool> isWanted(parts.list.size(), false);
    for (const PointPrompt &click : clicks) {
        const auto x = static_cast<std::int64_t>(std::floor(click.position.x + 0.5));
        const auto y = static_cast<std::int64_t>(std::floor(click.position.y + 0.5));
        if (click.label != label || x < 0 || y < 0 || x >= region.size.width ||
            y >= region.size.height)
            continue;
        const auto pixel = static_cast<std::uint32_t>(x * region.size.height + y);
        const auto run = std::upper_bound(parts.runs.begin(), parts.runs.end(), pixel,
                                          [](std::uint32_t p, const auto &r) { return p < r.end; });
        if (run != parts.runs.end() && run->begin <= pixel)
            isWanted[run->component] = true;
    }
    return maskOf(parts, isWanted);
}

} // namespace

std::optional<PointPrompt> supportingPoint(const LowResLogits &prior, const InputGeometry &geometry,
                                           std::span<const PointPrompt> clicks)
{
    const Size grid = prior.size;
    Mask cells(grid);
    double area = 0;
    for (std::size_t i = 0; i < prior.values.size(); ++i) {
        cells.pixels[i] = prior.values[i] > 0;
        area += prior.values[i] > 0;
    }
    const ImagePoint first = toImage(0, 0, geometry, grid), second = toImage(1, 1, geometry, grid);
    const double cellWidth = second.x - first.x, cellHeight = second.y - first.y;
    const double radius = apart * std::sqrt(area * cellWidth * cellHeight / std::numbers::pi);
    for (const PointPrompt &click : clicks) {
        for (int y = 0; y < grid.height; ++y) {
            for (int x = 0; x < grid.width; ++x) {
                const ImagePoint at{first.x + (x + 0.5) * cellWidth,
                                    first.y + (y + 0.5) * cellHeight};
                if (std::hypot(at.x - click.position.x, at.y - click.position.y) <= radius)
                    cells.set(x, y, false);
            }
        }
    }
    const auto deepest = deepestPixel(cells);
    if (!deepest)
        return {};
    const ImagePoint at =
        toImage(deepest->position.x + 0.5, deepest->position.y + 0.5, geometry, grid);
    return PointPrompt{{std::clamp(std::round(at.x), 0.0, geometry.original.width - 1.0),
                        std::clamp(std::round(at.y), 0.0, geometry.original.height - 1.0)},
                       PointLabel::Foreground};
}

Rle changeAtClicks(const Rle &mask, const Rle &answer, std::span<const PointPrompt> clicks)
{
    const Rle came = combine(answer, mask, SetOperation::Difference);
    const Rle went = combine(mask, answer, SetOperation::Difference);
    const Rle added =
        combine(mask, partsAt(came, clicks, PointLabel::Foreground), SetOperation::Union);
    return combine(added, partsAt(went, clicks, PointLabel::Background), SetOperation::Difference);
}

} // namespace core
