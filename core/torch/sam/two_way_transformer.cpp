// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/two_way_transformer.h"

#include "core/torch/sam/weights.h"

namespace core::sam
{

TwoWayBlock::TwoWayBlock(const Weights &weights, const std::string &name, const SamConfig &config,
                         bool isFirst)
    : m_isFirst(isFirst), m_selfAttention(weights, name + "self_attn", config.decoderHeads),
      m_tokenToImage(weights, name + "cross_attn_token_to_image", config.decoderHeads),
      m_imageToToken(weights, name + "cross_attn_image_to_token", config.decoderHeads),
      m_norm1(weights, name + "norm1", decoderNormEpsilon),
      m_norm2(weights, name + "norm2", decoderNormEpsilon),
      m_norm3(weights, name + "norm3", decoderNormEpsilon),
      m_norm4(weights, name + "norm4", decoderNormEpsilon), m_mlpIn(weights, name + "mlp.lin1"),
      m_mlpOut(weights, name + "mlp.lin2")
{
}

void TwoWayBlock::forward(torch::Tensor &tokens, torch::Tensor &image,
                          const torch::Tensor &tokenPositions,
                          const torch::Tensor &imagePositions) const
{
    if (m_isFirst) {
        tokens = m_selfAttention(tokens, tokens, tokens);
    } else {
        const torch::Tensor placed = tokens + tokenPositions;
        tokens = tokens + m_selfAttention(placed, placed, tokens);
    }
    tokens = m_norm1(tokens);

    const torch::Tensor placedImage = image + imagePositions;
    tokens = m_norm2(tokens + m_tokenToImage(tokens + tokenPositions, placedImage, image));
    tokens = m_norm3(tokens + m_mlpOut(m_mlpIn(tokens).relu_()));
    image = m_norm4(image + m_imageToToken(placedImage, tokens + tokenPositions, tokens));
}

TwoWayTransformer::TwoWayTransformer(const Weights &weights, const SamConfig &config)
    : m_finalAttention(weights, "mask_decoder.transformer.final_attn_token_to_image",
                       config.decoderHeads),
      m_finalNorm(weights, "mask_decoder.transformer.norm_final_attn", decoderNormEpsilon)
{
    for (std::int64_t i = 0; i < config.decoderDepth; ++i)
        m_blocks.emplace_back(weights, "mask_decoder.transformer.layers." + std::to_string(i) + ".",
                              config, i == 0);
}

TwoWayTransformer::Result TwoWayTransformer::forward(const torch::Tensor &tokens,
                                                     const torch::Tensor &image,
                                                     const torch::Tensor &imagePositions) const
{
    Result result = {tokens, image};
    for (const TwoWayBlock &block : m_blocks)
        block.forward(result.tokens, result.image, tokens, imagePositions);
    const torch::Tensor attended =
        m_finalAttention(result.tokens + tokens, result.image + imagePositions, result.image);
    result.tokens = m_finalNorm(result.tokens + attended);
    return result;
}

} // namespace core::sam
