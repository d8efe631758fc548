// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/two_way_transformer.h"

#include "core/torch/sam/weights.h"

#include <optional>

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
    tokens = finishTokens(tokens, m_tokenToImage(tokens + tokenPositions, placedImage, image));
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

torch::Tensor TwoWayBlock::updateTokens(const torch::Tensor &tokens, const torch::Tensor &positions,
                                        ImagePasses &passes,
                                        const ImagePasses::Change *change) const
{
    const torch::Tensor attended = attendToTokens(tokens, positions);
    const torch::Tensor gathered = passes.pass(change, m_tokenToImage.probes(attended + positions));
    return finishTokens(attended, m_tokenToImage.answers(gathered));
}

torch::Tensor TwoWayBlock::updateTokens(const torch::Tensor &tokens, const torch::Tensor &positions,
                                        const KnownImage &image) const
{
    const torch::Tensor attended = attendToTokens(tokens, positions);
    const torch::Tensor gathered =
        ImagePasses::ask(image, m_tokenToImage.queries(attended + positions));
    return finishTokens(attended, m_tokenToImage.answersOfValues(gathered));
}

/// The tokens after the image's answers.
torch::Tensor TwoWayBlock::finishTokens(const torch::Tensor &tokens,
                                        const torch::Tensor &answers) const
{
    const torch::Tensor asked = m_norm2(tokens + answers);
    return m_norm3(asked + m_mlpOut(m_mlpIn(asked).relu_()));
}

ImagePasses::Change TwoWayBlock::change(const torch::Tensor &tokens, const torch::Tensor &positions,
                                        const KnownImage *known, bool projects) const
{
    const torch::Tensor placed = tokens + positions;
    ImagePasses::Change change{known ? m_imageToToken.operandsOfQueries(placed, tokens)
                                     : m_imageToToken.operands(placed, tokens),
                               m_norm4,
                               known,
                               {},
                               m_projectedBias};
    if (projects)
        change.projectedAnswers = m_imageToToken.projectedAnswers(tokens)[0].contiguous();
    return change;
}

ImageProjection TwoWayBlock::project(const ImageProjection &after)
{
    const ImageProjection inside = after.before(m_norm4);
    m_projectedBias = inside.bias;
    return {inside.matrix, m_imageToToken.project(inside.matrix)};
}

KnownImage TwoWayBlock::known(const torch::Tensor &image, const torch::Tensor &positions,
                              const torch::Tensor &projected) const
{
    const torch::Tensor placed = image + positions;
    return {m_tokenToImage.heads(), m_tokenToImage.keys(placed), m_tokenToImage.values(image),
            m_imageToToken.queries(placed), projected};
}

TwoWayTransformer::TwoWayTransformer(const Weights &weights, const SamConfig &config,
                                     const ImageProjection &upscaling)
    : m_finalAttention(weights, "mask_decoder.transformer.final_attn_token_to_image",
                       config.decoderHeads),
      m_finalNorm(weights, "mask_decoder.transformer.norm_final_attn", decoderNormEpsilon)
{
    for (std::int64_t i = 0; i < config.decoderDepth; ++i)
        m_blocks.emplace_back(weights, "mask_decoder.transformer.layers." + std::to_string(i) + ".",
                              config, i == 0);
    if (!ImagePasses::canServe(upscaling.matrix))
        return;
    m_projection = upscaling;
    for (auto block = m_blocks.rbegin(); block != m_blocks.rend(); ++block)
        m_projection = block->project(m_projection);
}

/// A block's answers, T for each head, take the place of the matrix's C columns.
bool TwoWayTransformer::isProjectingQuicker(std::int64_t tokens) const
{
    const auto blocks = static_cast<std::int64_t>(m_blocks.size());
    return blocks * m_finalAttention.heads() * tokens < m_projection.matrix.size(1) * 3 / 4;
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

torch::Tensor TwoWayTransformer::forward(const torch::Tensor &positions,
                                         const OnePrompt &prompt) const
{
    // What a block's tokens ask of the image does not depend on what the block before changes in
    // it, so changing and asking are one pass.
    const bool projects = prompt.known && isProjectingQuicker(positions.size(1));
    torch::Tensor tokens = positions;
    std::optional<ImagePasses::Change> change;
    for (const TwoWayBlock &block : m_blocks) {
        const KnownImage *known = change ? nullptr : prompt.known;
        tokens = known ? block.updateTokens(tokens, positions, *known)
                       : block.updateTokens(tokens, positions, prompt.passes,
                                            change ? &*change : nullptr);
        change = block.change(tokens, positions, known, projects);
    }
    const auto keptOf = [&prompt](const torch::Tensor &all) {
        return prompt.kept.defined() ? all.index_select(1, prompt.kept) : all;
    };
    tokens = keptOf(tokens);
    const torch::Tensor gathered = prompt.passes.pass(
        change ? &*change : nullptr, m_finalAttention.probes(tokens + keptOf(positions)));
    return m_finalNorm(tokens + m_finalAttention.answers(gathered));
}

KnownImage TwoWayTransformer::known(const torch::Tensor &image,
                                    const torch::Tensor &imagePositions) const
{
    return m_blocks.front().known(image, imagePositions,
                                  applyMatrix(image, m_projection.matrix, m_projection.bias));
}

} // namespace core::sam
