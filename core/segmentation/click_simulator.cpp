// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/click_simulator.h"

#include "core/mask/distance_transform.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace core
{
namespace
{

Mask difference(const Mask &a, const Mask &b)
{
    Mask result(a.size);
    for (std::size_t i = 0; i < a.pixels.size(); ++i)
        result.pixels[i] = a.pixels[i] && !b.pixels[i];
    return result;
}

} // namespace

std::optional<DeepestPixel> deepestPixel(const Mask &region)
{
    const auto distances = squaredDistances(region, Beyond::Off);
    const auto deepest = std::max_element(distances.begin(), distances.end());
    if (deepest == distances.end() || *deepest == 0)
        return {};
    const auto index = deepest - distances.begin();
    return DeepestPixel{{double(index % region.size.width), double(index / region.size.width)},
                        std::sqrt(double(*deepest))};
}

std::optional<PointPrompt> nextClick(const Mask &target, const Mask &answer)
{
    assert(target.size == answer.size);
    const auto missing = deepestPixel(difference(target, answer));
    const auto tooMuch = deepestPixel(difference(answer, target));
    if (!missing && !tooMuch)
        return {};
    if (missing && (!tooMuch || missing->depth >= tooMuch->depth))
        return PointPrompt{missing->position, PointLabel::Foreground};
    return PointPrompt{tooMuch->position, PointLabel::Background};
}

} // namespace core
