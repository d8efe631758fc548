// SPDX-License-Identifier: Apache-2.0
#include "core/mask/small_regions.h"

#include "core/mask/components.h"
#include "core/mask/rle_merge.h"

#include <algorithm>
#include <utility>

namespace core
{
namespace
{

Rle complement(const Rle &mask)
{
    const auto pixels = static_cast<std::uint32_t>(mask.size.area());
    return combine({mask.size, {0, pixels}}, mask, SetOperation::Difference);
}

/// Where OpenCV's labelling, which walks over blocks of 2x2 pixels, meets each part first. Decides
/// between largest islands of equal size.
using Block = std::pair<std::uint32_t, std::uint32_t>;
std::vector<Block> firstBlocks(const Components &parts)
{
    std::vector<Block> first(parts.list.size(), {UINT32_MAX, UINT32_MAX});
    const auto height = static_cast<std::uint32_t>(parts.size.height);
    for (const Components::Run &run : parts.runs) {
        const Block block{run.begin % height / 2, run.begin / height / 2};
        first[run.component] = std::min(first[run.component], block);
    }
    return first;
}

std::size_t largest(const Components &parts)
{
    const std::vector<Block> first = firstBlocks(parts);
    std::size_t best = 0;
    for (std::size_t i = 1; i < parts.list.size(); ++i) {
        const std::int64_t more = parts.list[i].area - parts.list[best].area;
        if (more > 0 || (more == 0 && first[i] < first[best]))
            best = i;
    }
    return best;
}

} // namespace

bool removeSmallRegions(Rle &mask, double area, SmallRegion kind)
{
    const bool fills = kind == SmallRegion::Hole;
    const Components parts = findParts(fills ? complement(mask) : mask);
    std::vector<bool> isSmall;
    for (const Components::Component &part : parts.list)
        isSmall.push_back(static_cast<double>(part.area) < area);
    if (std::find(isSmall.begin(), isSmall.end(), true) == isSmall.end())
        return false;
    if (!fills && std::find(isSmall.begin(), isSmall.end(), false) == isSmall.end())
        isSmall[largest(parts)] = false;
    mask = combine(mask, maskOf(parts, isSmall),
                   fills ? SetOperation::Union : SetOperation::Difference);
    return true;
}

} // namespace core
