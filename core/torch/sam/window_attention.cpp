// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/window_attention.h"

#include "core/torch/sam/layers.h"

#include <algorithm>
#include <cmath>

namespace core::sam
{

namespace
{

/// Adds the relative positions to scores [G, rows, columns, side, side] (query row, query column,
/// key row, key column), whose queries [G, rows, columns, d] start at grid row `firstRow`.
void addRelativePositions(torch::Tensor scores, const torch::Tensor &queries,
                          const torch::Tensor &rows, const torch::Tensor &columns,
                          std::int64_t firstRow)
{
    const std::int64_t groups = queries.size(0);
    const std::int64_t height = queries.size(1);
    const std::int64_t width = queries.size(2);
    const std::int64_t side = rows.size(1);
    const std::int64_t channels = queries.size(3);
    // One matrix of distances for each query row, and one for each query column.
    const torch::Tensor byRow =
        at::bmm(queries.transpose(0, 1).reshape({height, groups * width, channels}),
                rows.narrow(0, firstRow, height).transpose(1, 2))
            .view({height, groups, width, side})
            .transpose(0, 1);
    const torch::Tensor byColumn =
        at::bmm(queries.permute({2, 0, 1, 3}).reshape({width, groups * height, channels}),
                columns.transpose(1, 2))
            .view({width, groups, height, side})
            .permute({1, 2, 0, 3});
    scores += byRow.unsqueeze(-1) + byColumn.unsqueeze(-2);
}

} // namespace

torch::Tensor partitionWindows(const torch::Tensor &grid, std::int64_t side)
{
    const std::int64_t batch = grid.size(0);
    const std::int64_t channels = grid.size(3);
    const std::int64_t down = (grid.size(1) + side - 1) / side;
    const std::int64_t across = (grid.size(2) + side - 1) / side;
    const torch::Tensor padded = at::constant_pad_nd(
        grid, {0, 0, 0, across * side - grid.size(2), 0, down * side - grid.size(1)});
    return padded.view({batch, down, side, across, side, channels})
        .permute({0, 1, 3, 2, 4, 5})
        .reshape({batch * down * across, side, side, channels});
}

torch::Tensor joinWindows(const torch::Tensor &windows, std::int64_t side, std::int64_t height,
                          std::int64_t width)
{
    const std::int64_t down = (height + side - 1) / side;
    const std::int64_t across = (width + side - 1) / side;
    const std::int64_t batch = windows.size(0) / (down * across);
    return windows.view({batch, down, across, side, side, windows.size(3)})
        .permute({0, 1, 3, 2, 4, 5})
        .reshape({batch, down * side, across * side, windows.size(3)})
        .narrow(1, 0, height)
        .narrow(2, 0, width);
}

torch::Tensor relativePositions(const torch::Tensor &table, std::int64_t side)
{
    if (!table.defined())
        return {};
    const torch::Tensor index =
        torch::arange(side, torch::dtype(torch::kInt64).device(table.device()));
    return table.index({index.unsqueeze(1) - index.unsqueeze(0) + (side - 1)});
}

torch::Tensor attendWithin(const torch::Tensor &q, const torch::Tensor &k, const torch::Tensor &v,
                           const torch::Tensor &rows, const torch::Tensor &columns, double scale)
{
    const std::int64_t groups = q.size(0);
    const auto side = static_cast<std::int64_t>(std::lround(std::sqrt(q.size(1))));
    torch::Tensor scores = at::bmm(q * scale, k.transpose(1, 2));
    if (rows.defined())
        addRelativePositions(scores.view({groups, side, side, side, side}),
                             q.view({groups, side, side, q.size(2)}), rows, columns, 0);
    return at::bmm(at::softmax(scores, -1), v);
}

torch::Tensor attendInBlocks(const torch::Tensor &q, const torch::Tensor &k, const torch::Tensor &v,
                             const torch::Tensor &rows, const torch::Tensor &columns, double scale)
{
    const std::int64_t groups = q.size(0);
    const std::int64_t tokens = q.size(1);
    const auto side = static_cast<std::int64_t>(std::lround(std::sqrt(tokens)));
    // Scores of one block: a few megabytes on the CPU, where they should stay in the cache, and
    // enough to fill the device elsewhere.
    const std::int64_t scoresAtOnce = q.is_cpu() ? 1 << 20 : 1 << 26;
    const std::int64_t groupsAtOnce = q.is_cpu() ? 1 : groups;
    const std::int64_t rowsAtOnce =
        std::clamp<std::int64_t>(scoresAtOnce / (groupsAtOnce * side * tokens), 1, side);
    torch::Tensor result = torch::empty_like(q);
    for (std::int64_t group = 0; group < groups; group += groupsAtOnce) {
        const torch::Tensor keys = k.narrow(0, group, groupsAtOnce);
        const torch::Tensor values = v.narrow(0, group, groupsAtOnce);
        const torch::Tensor turnedValues = q.is_cpu() ? values[0].t().contiguous() : values;
        for (std::int64_t row = 0; row < side; row += rowsAtOnce) {
            const std::int64_t height = std::min(rowsAtOnce, side - row);
            const torch::Tensor queries =
                q.narrow(0, group, groupsAtOnce).narrow(1, row * side, height * side);
            torch::Tensor scores = q.is_cpu() ? applyMatrix(queries * scale, keys[0])
                                              : at::bmm(queries * scale, keys.transpose(1, 2));
            if (rows.defined())
                addRelativePositions(scores.view({groupsAtOnce, height, side, side, side}),
                                     queries.view({groupsAtOnce, height, side, q.size(2)}), rows,
                                     columns, row);
            scores = at::softmax(scores, -1);
            result.narrow(0, group, groupsAtOnce)
                .narrow(1, row * side, height * side)
                .copy_(q.is_cpu() ? applyMatrix(scores, turnedValues) : at::bmm(scores, values));
        }
    }
    return result;
}

} // namespace core::sam
