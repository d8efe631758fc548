// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/layers.h"
#include "core/torch/tinyvit/tiny_vit_config.h"

namespace core::tinyvit
{

/// Attention in windows of the grid, with a bias for each distance of a key's row and column from
/// the query's, and the norm before it. What windows reach beyond the grid are tokens of zeros,
/// which the norm makes its bias of; they are asked but ask nothing.
class BiasedAttention
{
public:
    BiasedAttention(const sam::Weights &weights, const std::string &name, const StageConfig &stage);

    /// x [1, H, W, C] plus its attention. Memory of `x` may become the result's.
    torch::Tensor addTo(const torch::Tensor &x) const;

private:
    struct Windows; ///< some windows side by side, while they are computed
    torch::Tensor byLibTorch(const torch::Tensor &x) const;
    void addByKernels(float *tokens, std::int64_t height, std::int64_t width) const;
    void attend(const Windows &windows, const float *qkv, float *out) const;

    std::int64_t m_channels;
    std::int64_t m_heads;
    std::int64_t m_window;
    sam::LayerNorm m_norm;
    sam::Linear m_qkv; ///< of each head queries, keys and values; queries are scaled
    sam::Linear m_project;

    // For the kernels
    torch::Tensor m_beyond; ///< [3 C]: what the linear layer makes of a token beyond the grid
    torch::Tensor
        m_places; ///< [heads, 2 side - 1, 2 side - 1] and some floats: the biases, mirrored

    torch::Tensor m_pairs; ///< for LibTorch: [heads, side x side, side x side]
};

} // namespace core::tinyvit
