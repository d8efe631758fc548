// SPDX-License-Identifier: Apache-2.0
#include "core/mask/small_regions.h"

#include "core/mask/components.h"
#include "core/mask/rle_merge.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace core
{
namespace
{

/// On where the mask is off.
Rle inverse(const Rle &mask)
{
    return combine({mask.size, {0, static_cast<std::uint32_t>(mask.size.area())}}, mask,
                   SetOperation::Difference);
}

/// Where OpenCV's labelling, which walks over blocks of 2x2 pixels, meets a component first.
/// Decides between largest islands of equal size.
using FirstBlock = std::pair<std::uint32_t, std::uint32_t>;

std::vector<FirstBlock> firstBlocks(const Components &components)
{
    std::vector<FirstBlock> first(components.list.size(), {UINT32_MAX, UINT32_MAX});
    const auto height = static_cast<std::uint32_t>(components.size.height);
    for (const Components::Run &run : components.runs) {
        FirstBlock &block = first[run.component];
        block = std::min(block, FirstBlock{run.begin % height / 2, run.begin / height / 2});
    }
    return first;
}

std::size_t largest(const Components &components)
{
    const std::vector<FirstBlock> first = firstBlocks(components);
    std::size_t best = 0;
    for (std::size_t i = 1; i < first.size(); ++i) {
        const std::int64_t more = components.list[i].area - components.list[best].area;
        if (more > 0 || (more == 0 && first[i] < first[best]))
            best = i;
    }
    return best;
}

} // namespace

bool removeSmallRegions(Rle &mask, double area, SmallRegion kind)
{
    const bool on = kind == SmallRegion::Island;
    const Components components = findParts(on ? mask : inverse(mask), Connectivity::Eight);
    std::vector<bool> isSmall;
    for (const Components::Component &component : components.list)
        isSmall.push_back(static_cast<double>(component.area) < area);
    const auto small = std::count(isSmall.begin(), isSmall.end(), true);
    if (small == 0)
        return false;
    if (on && static_cast<std::size_t>(small) == isSmall.size())
        isSmall[largest(components)] = false;
    mask = combine(mask, maskOf(components, isSmall),
                   on ? SetOperation::Difference : SetOperation::Union);
    return true;
}

} // namespace core
