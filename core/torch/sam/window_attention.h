// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

namespace core::sam
{

/// [B, H, W, C] -> [B x windows, side, side, C]; what does not divide is padded with zeros at the
/// right and bottom. SAM pads after the norm, so padded tokens take part as keys with nothing but
/// the qkv bias.
torch::Tensor partitionWindows(const torch::Tensor &grid, std::int64_t side);

/// The reverse, with the padding cropped.
torch::Tensor joinWindows(const torch::Tensor &windows, std::int64_t side, std::int64_t height,
                          std::int64_t width);

/// The rows of a table of relative positions [2 side - 1, d] that belong to each pair: [side(q),
/// side(k), d].
torch::Tensor relativePositions(const torch::Tensor &table, std::int64_t side);

/// Attention within square grids with decomposed relative positions: the score of a query and a key
/// is their scaled product, plus the unscaled query times the row distance's vector, plus the same
/// for columns. q, k, v: [G, side x side, d] with G = grids x heads. rows, columns: [side, side, d]
/// from relativePositions, or undefined. All grids at once: for windows, whose score maps are
/// small.
torch::Tensor attendWithin(const torch::Tensor &q, const torch::Tensor &k, const torch::Tensor &v,
                           const torch::Tensor &rows, const torch::Tensor &columns, double scale);

/// The same result without ever holding a whole score map (one head of SAM's 64 x 64 grid would be
/// 64 MiB): works through blocks of query rows that stay in the cache.
torch::Tensor attendInBlocks(const torch::Tensor &q, const torch::Tensor &k, const torch::Tensor &v,
                             const torch::Tensor &rows, const torch::Tensor &columns, double scale);

} // namespace core::sam
