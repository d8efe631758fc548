// SPDX-License-Identifier: Apache-2.0
#include "core/mask/boundary_f1.h"

#include "core/mask/distance_transform.h"

#include <cassert>
#include <cmath>

namespace core
{
namespace
{

/// 0 on the outline, 1 elsewhere, so that squaredDistances measures the way to the outline.
Mask awayFromOutline(const Mask &mask)
{
    Mask away(mask.size);
    const auto [width, height] = mask.size;
    const auto isOff = [&](int x, int y) {
        return x >= 0 && y >= 0 && x < width && y < height && !mask.at(x, y);
    };
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool outline = mask.at(x, y) && (isOff(x - 1, y) || isOff(x + 1, y) ||
                                                   isOff(x, y - 1) || isOff(x, y + 1));
            away.set(x, y, !outline);
        }
    }
    return away;
}

/// The share of the outline that is at most `reach` pixels from where `distances` were measured to.
double shareWithin(const Mask &away, const std::vector<std::int64_t> &distances, std::int64_t reach)
{
    std::int64_t total = 0;
    std::int64_t near = 0;
    for (std::size_t i = 0; i < away.pixels.size(); ++i) {
        if (away.pixels[i])
            continue;
        ++total;
        near += distances[i] <= reach * reach;
    }
    return total ? double(near) / double(total) : 1;
}

} // namespace

double boundaryF1(const Mask &answer, const Mask &target, double tolerance)
{
    assert(answer.size == target.size);
    const double diagonal = std::hypot(answer.size.width, answer.size.height);
    const auto reach = static_cast<std::int64_t>(std::ceil(tolerance * diagonal));
    const Mask fromAnswer = awayFromOutline(answer);
    const Mask fromTarget = awayFromOutline(target);
    const double precision =
        shareWithin(fromAnswer, squaredDistances(fromTarget, Beyond::Nothing), reach);
    const double recall =
        shareWithin(fromTarget, squaredDistances(fromAnswer, Beyond::Nothing), reach);
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

} // namespace core
