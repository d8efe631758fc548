// SPDX-License-Identifier: Apache-2.0
#include "core/mask/clean_up.h"

#include "core/mask/components.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/mask/smooth.h"

#include <algorithm>
#include <limits>

namespace core
{

Rle fillHoles(const Rle &mask, std::int64_t area, std::vector<PixelRect> *filled)
{
    const Components holes = findHoles(mask);
    std::vector<bool> isFilled;
    for (const Components::Component &hole : holes.list) {
        isFilled.push_back(hole.area < area);
        if (isFilled.back() && filled)
            filled->push_back(hole.box);
    }
    return holes.list.empty() ? mask : combine(mask, maskOf(holes, isFilled), SetOperation::Union);
}

Rle fillAllHoles(const Rle &mask)
{
    return fillHoles(mask, std::numeric_limits<std::int64_t>::max());
}

Rle removeSmallParts(const Rle &mask, std::int64_t area, std::vector<PixelRect> *removed)
{
    const Components parts = findParts(mask);
    if (parts.list.empty())
        return mask;
    std::vector<bool> stays;
    for (const Components::Component &part : parts.list)
        stays.push_back(part.area >= area);
    if (std::find(stays.begin(), stays.end(), true) == stays.end()) {
        const auto largest =
            std::max_element(parts.list.begin(), parts.list.end(),
                             [](const auto &a, const auto &b) { return a.area < b.area; });
        stays[static_cast<std::size_t>(largest - parts.list.begin())] = true;
    }
    for (std::size_t i = 0; removed && i < stays.size(); ++i) {
        if (!stays[i])
            removed->push_back(parts.list[i].box);
    }
    return maskOf(parts, stays);
}

CleanUpResult cleanUp(const Rle &mask, const CleanUpOptions &options)
{
    CleanUpResult result{smooth(mask, options.smoothing), {}, {}};
    if (area(result.mask) == 0)
        result.mask = mask;
    if (options.holesBelow > 0)
        result.mask = fillHoles(result.mask, options.holesBelow, &result.filledHoles);
    if (options.partsBelow > 0)
        result.mask = removeSmallParts(result.mask, options.partsBelow, &result.removedParts);
    return result;
}

} // namespace core
