// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/proposal_map.h"

#include "core/mask/rle_measure.h"

#include <algorithm>

namespace ui
{
namespace
{

using Labels = std::vector<std::uint16_t>;

/// Run lengths go down the columns, so they are filled in where columns are contiguous.
void fill(Labels &columns, const core::Rle &mask, std::uint16_t label)
{
    std::size_t position = 0;
    for (std::size_t i = 0; i < mask.counts.size(); ++i) {
        if (i % 2 == 1)
            std::fill_n(columns.begin() + std::ptrdiff_t(position), mask.counts[i], label);
        position += mask.counts[i];
    }
}

/// In blocks that fit the cache.
Labels transposed(const Labels &columns, core::Size size)
{
    constexpr int block = 32;
    const auto width = std::size_t(size.width), height = std::size_t(size.height);
    Labels rows(columns.size());
    for (std::size_t y0 = 0; y0 < height; y0 += block) {
        for (std::size_t x0 = 0; x0 < width; x0 += block) {
            for (std::size_t y = y0; y < std::min(height, y0 + block); ++y)
                for (std::size_t x = x0; x < std::min(width, x0 + block); ++x)
                    rows[y * width + x] = columns[x * height + y];
        }
    }
    return rows;
}

} // namespace

int ProposalMap::indexAt(int x, int y) const
{
    if (x < 0 || y < 0 || x >= size.width || y >= size.height)
        return -1;
    return labels[std::size_t(y) * std::size_t(size.width) + std::size_t(x)] - 1;
}

ProposalMap makeProposalMap(std::span<const core::Rle *const> masks, core::Size size)
{
    struct Placed {
        std::int64_t area;
        std::size_t index;
    };
    std::vector<Placed> order;
    const std::size_t count = std::min<std::size_t>(masks.size(), 65535);
    for (std::size_t i = 0; i < count; ++i)
        if (masks[i] && masks[i]->size == size)
            order.push_back({core::area(*masks[i]), i});
    std::stable_sort(order.begin(), order.end(),
                     [](const Placed &a, const Placed &b) { return a.area > b.area; });
    Labels columns(std::size_t(size.area()), 0);
    for (const Placed &placed : order)
        fill(columns, *masks[placed.index], std::uint16_t(placed.index + 1));
    return {size, transposed(columns, size)};
}

} // namespace ui
