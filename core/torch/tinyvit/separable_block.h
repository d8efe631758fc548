// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/layers.h"
#include "core/torch/tinyvit/depthwise.h"

namespace core::tinyvit
{

/// Three convolutions: one mixes channels, one neighbours, one channels again, with GELU between
/// them. Such are the blocks of the first stage, which add their input and end in another GELU, and
/// what leads from a stage to the next, which may halve the grid.
class SeparableBlock
{
public:
    enum class Kind { Residual, Merging };

    /// `stride` is 1 for Kind::Residual.
    SeparableBlock(const sam::Weights &weights, const std::string &name, Kind kind,
                   std::int64_t stride);

    /// [1, H, W, in] -> [1, H / stride, W / stride, out], rounded up.
    torch::Tensor forward(const torch::Tensor &x) const;

private:
    struct Tile;
    torch::Tensor byLibTorch(const torch::Tensor &x) const;
    torch::Tensor byKernels(const torch::Tensor &x) const;
    void compute(const Tile &tile, const float *from, float *to) const;

    Kind m_kind;
    std::int64_t m_stride;
    sam::Linear m_expand;
    Depthwise m_depthwise;
    sam::Linear m_project;
};

} // namespace core::tinyvit
