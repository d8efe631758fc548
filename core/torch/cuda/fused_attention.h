// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

namespace core::cuda
{

/// Which fused kernels are asked.
enum class AttentionKernels {
    Best,    ///< our own for SAM's published sizes, else LibTorch's
    LibTorch ///< LibTorch's alone, to compare with
};

/// Attention of the image encoder on fused kernels, in half precision; no score map is ever held.
/// SAM's published sizes have kernels of our own (core/cuda/global_attention.h,
/// window_attention.h). Whatever these do not take goes to LibTorch's, with the relative positions
/// as further elements of queries and keys (core/cuda/attention_layout.h).
class FusedAttention
{
public:
    struct Sizes {
        std::int64_t grid; ///< side of the picture's grid of tokens
        std::int64_t side; ///< of a window, or the grid's own
        std::int64_t heads;
        std::int64_t headDim;
    };

    /// Whether there are such kernels for these sizes.
    static bool canServe(const Sizes &sizes, torch::Device device, torch::ScalarType precision);

    FusedAttention() = default;
    /// rows, columns: tables of relative positions [2 side - 1, headDim]; qkvBias: [3 heads
    /// headDim] or undefined. On the device and in the precision of the model.
    FusedAttention(const Sizes &sizes, const torch::Tensor &rows, const torch::Tensor &columns,
                   const torch::Tensor &qkvBias, AttentionKernels kernels = AttentionKernels::Best);

    bool isReady() const { return m_tables.defined(); }
    /// [tokens, 3 heads headDim] -> [tokens, heads headDim]
    torch::Tensor operator()(const torch::Tensor &qkv) const;

private:
    torch::Tensor attendPacked(const torch::Tensor &qkv, const torch::Tensor &products) const;
    torch::Tensor attendOwn(const torch::Tensor &qkv, const torch::Tensor &products) const;

    Sizes m_sizes{};
    bool m_isOwn = false;
    torch::Tensor m_tables; ///< [1, headDim, positions]: both, backwards and scaled
    torch::Tensor m_bias;
};

} // namespace core::cuda
