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
    m_mlpIn.pack();
    m_mlpOut.pack();
}

void TwoWayBlock::forward(torch::Tensor &tokens, torch::Tensor &image,
                          const torch::Tensor &tokenPositions,
                          const torch::Tensor &imagePositions) const
{
    tokens = attendToTokens(tokens, tokenPositions);
    const torch::Tensor placedImage = image + imagePositions;
    tokens = m_norm2(tokens + m_tokenToImage(tokens + tokenPositions, placedImage, image));
    tokens = m_norm3(tokens + m_mlpOut(m_mlpIn(tokens).relu_()));
    image = m_norm4(image + m_imageToToken(placedImage, tokens + tokenPositions, tokens));
}

torch::Tensor TwoWayBlock::attendToTokens(const torch::Tensor &tokens,
                                          const torch::Tensor &positions) const
{
    if (m_isFirst)
        return m_norm1(m_selfAttention(tokens, tokens, tokens));
    const torch::Tensor placed = tokens + positions;
    return m_norm1(tokens + m_selfAttention(placed, placed, tokens));
}

torch::Tensor TwoWayBlock::probes(const torch::Tensor &tokens, const torch::Tensor &positions) const
{
    return m_tokenToImage.probes(tokens + positions);
}

torch::Tensor TwoWayBlock::finishTokens(const torch::Tensor &tokens,
                                        const torch::Tensor &gathered) const
{
    const torch::Tensor asked = m_norm2(tokens + m_tokenToImage.answers(gathered));
    return m_norm3(asked + m_mlpOut(m_mlpIn(asked).relu_()));
}

ImagePasses::Change TwoWayBlock::change(const torch::Tensor &tokens,
                                        const torch::Tensor &positions) const
{
    return {m_imageToToken.operands(tokens + positions, tokens), m_norm4};
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

torch::Tensor TwoWayTransformer::forward(const torch::Tensor &positions, ImagePasses &passes,
                                         const ImagePasses::UseBlock &finished) const
{
    // What a block's tokens ask of the image does not depend on what the block before changes in
    // it, so changing and asking are one pass.
    torch::Tensor tokens = positions;
    ImagePasses::Change change;
    for (const TwoWayBlock &block : m_blocks) {
        tokens = block.attendToTokens(tokens, positions);
        const torch::Tensor gathered = passes.pass(change, block.probes(tokens, positions));
        tokens = block.finishTokens(tokens, gathered);
        change = block.change(tokens, positions);
    }
    const torch::Tensor gathered =
        passes.pass(change, m_finalAttention.probes(tokens + positions), finished);
    return m_finalNorm(tokens + m_finalAttention.answers(gathered));
}

} // namespace core::sam
