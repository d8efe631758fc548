// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/mask_decoder.h"

namespace core::compact
{
namespace
{

torch::nn::LayerNorm layerNorm(int channels)
{
    return torch::nn::LayerNorm(torch::nn::LayerNormOptions({channels}));
}

} // namespace

TwoWayBlockImpl::TwoWayBlockImpl(int channels, int heads, bool isFirst)
    : m_isFirst(isFirst),
      m_selfAttention(register_module("self_attention", SelfAttention(channels, heads))),
      m_tokensToImage(register_module("tokens_to_image", CrossAttention(channels, heads))),
      m_imageToTokens(register_module("image_to_tokens", CrossAttention(channels, heads))),
      m_mlp(register_module("mlp", Mlp(channels, channels * 2, channels, 2))),
      m_norm1(register_module("norm1", layerNorm(channels))),
      m_norm2(register_module("norm2", layerNorm(channels))),
      m_norm3(register_module("norm3", layerNorm(channels))),
      m_norm4(register_module("norm4", layerNorm(channels)))
{
}

void TwoWayBlockImpl::forward(torch::Tensor &tokens, torch::Tensor &cells,
                              const torch::Tensor &tokenPositions,
                              const torch::Tensor &cellPositions)
{
    if (m_isFirst) {
        tokens = m_norm1(m_selfAttention(tokens, tokens));
    } else {
        tokens = m_norm1(tokens + m_selfAttention(tokens + tokenPositions, tokens));
    }
    const auto placedCells = cells + cellPositions;
    tokens = m_norm2(tokens +
                     m_tokensToImage->tokensToImage(tokens + tokenPositions, placedCells, cells));
    tokens = m_norm3(tokens + m_mlp(tokens));
    const auto answer =
        m_imageToTokens->imageToTokens(placedCells, tokens + tokenPositions, tokens);
    const auto sum = (cells + answer).permute({0, 2, 3, 1}).to(torch::kFloat);
    cells = m_norm4(sum).permute({0, 3, 1, 2}).to(cells.scalar_type());
}

} // namespace core::compact
