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

Rle fillHoles(const Rle &mask, std::int64_t area, int *count)
{
    const Components holes = findHoles(mask);
    std::vector<bool> isFilled;
    for (const Components::Component &hole : holes.list)
        isFilled.push_back(hole.area < area);
    const auto filled = std::count(isFilled.begin(), isFilled.end(), true);
    if (count)
        *count = static_cast<int>(filled);
    return filled == 0 ? mask : combine(mask, maskOf(holes, isFilled), SetOperation::Union);
}

Rle fillAllHoles(const Rle &mask)
{
    return fillHoles(mask, std::numeric_limits<std::int64_t>::max());
}

Rle removeSmallParts(const Rle &mask, std::int64_t area, int *count)
{
    const Components parts = findParts(mask);
    std::vector<bool> stays;
    for (const Components::Component &part : parts.list)
        stays.push_back(part.area >= area);
    if (!parts.list.empty() && std::find(stays.begin(), stays.end(), true) == stays.end()) {
        const auto largest =
            std::max_element(parts.list.begin(), parts.list.end(),
                             [](const auto &a, const auto &b) { return a.area < b.area; });
        stays[static_cast<std::size_t>(largest - parts.list.begin())] = true;
    }
    const auto removed = std::count(stays.begin(), stays.end(), false);
    if (count)
        *count = static_cast<int>(removed);
    return removed == 0 ? mask : maskOf(parts, stays);
}

CleanUpResult cleanUp(const Rle &mask, const CleanUpOptions &options)
{
    CleanUpResult result{smooth(mask, options.smoothing)};
    if (area(result.mask) == 0)
        result.mask = mask;
    if (options.holesBelow > 0)
        result.mask = fillHoles(result.mask, options.holesBelow, &result.holesFilled);
    if (options.partsBelow > 0)
        result.mask = removeSmallParts(result.mask, options.partsBelow, &result.partsRemoved);
    return result;
}

} // namespace core
