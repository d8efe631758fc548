// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/layers.h"

namespace core::compact
{

/// Multi-head attention among few tokens: (P, T, C) to (P, T, C).
class SelfAttentionImpl : public torch::nn::Module
{
public:
    SelfAttentionImpl(int channels, int heads);
    torch::Tensor forward(const torch::Tensor &queryAndKey, const torch::Tensor &value);

private:
    int m_heads;
    torch::nn::Linear m_query, m_key, m_value, m_out;
};
TORCH_MODULE(SelfAttention);

/// Multi-head attention between few tokens (P, T, C) and many image cells (P, C, h, w), in inner
/// channels C/2 as in SAM. Both directions spread the heads of the few tokens over a block-diagonal
/// matrix (heads * T rows), so that each prompt is one matrix product instead of one per head.
class CrossAttentionImpl : public torch::nn::Module
{
public:
    CrossAttentionImpl(int channels, int heads);

    /// Tokens ask, cells answer: (P, T, C).
    torch::Tensor tokensToImage(const torch::Tensor &query, const torch::Tensor &key,
                                const torch::Tensor &value);
    /// Cells ask, tokens answer: (P, C, h, w).
    torch::Tensor imageToTokens(const torch::Tensor &query, const torch::Tensor &key,
                                const torch::Tensor &value);

private:
    torch::Tensor spread(const torch::Tensor &tokens) const;

    int m_heads;
    int m_inner;
    // Applied to whichever side asks; the image's side runs them as 1x1 convolutions.
    torch::nn::Linear m_query, m_key, m_value, m_out;
    torch::Tensor m_blocks; ///< (heads, 1, inner) bool: whether a channel belongs to the head
};
TORCH_MODULE(CrossAttention);

} // namespace core::compact
