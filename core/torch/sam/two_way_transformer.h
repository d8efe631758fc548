// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/decoder_attention.h"
#include "core/torch/sam/image_passes.h"
#include "core/torch/sam/image_projection.h"
#include "core/torch/sam/sam_config.h"

namespace core::sam
{

class Weights;

/// Tokens attend to themselves and to the image, and the image attends back to the tokens.
class TwoWayBlock
{
public:
    TwoWayBlock(const Weights &weights, const std::string &name, const SamConfig &config,
                bool isFirst);

    /// Updates tokens [B, T, C] and image [B, N, C]; the positions are those both had at the start.
    void forward(torch::Tensor &tokens, torch::Tensor &image, const torch::Tensor &tokenPositions,
                 const torch::Tensor &imagePositions) const;

    // forward() in two steps, with the image in between as ImagePasses keeps it. Tokens: [1, T, C].
    /// The tokens after their own attention and what they ask the image, which is changed before
    /// unless `change` is null.
    torch::Tensor updateTokens(const torch::Tensor &tokens, const torch::Tensor &positions,
                               ImagePasses &passes, const ImagePasses::Change *change) const;
    torch::Tensor updateTokens(const torch::Tensor &tokens, const torch::Tensor &positions,
                               const KnownImage &image) const;
    /// What the updated tokens change in the image, of which something may be known, and in its
    /// projection.
    ImagePasses::Change change(const torch::Tensor &tokens, const torch::Tensor &positions,
                               const KnownImage *known, bool projects) const;
    /// Takes what is made of the image after the block, returns what is made of it before, with
    /// which the projection begins.
    ImageProjection project(const ImageProjection &after);

    /// Of an image [N, C] that nothing has changed yet.
    KnownImage known(const torch::Tensor &image, const torch::Tensor &positions,
                     const torch::Tensor &projected) const;

private:
    torch::Tensor attendToTokens(const torch::Tensor &tokens, const torch::Tensor &positions) const;
    torch::Tensor finishTokens(const torch::Tensor &tokens, const torch::Tensor &answers) const;

    bool m_isFirst; ///< its self-attention replaces the tokens and adds no positions
    TokenAttention m_selfAttention;
    TokenToImageAttention m_tokenToImage;
    ImageToTokenAttention m_imageToToken;
    LayerNorm m_norm1, m_norm2, m_norm3, m_norm4;
    Linear m_mlpIn, m_mlpOut;
    torch::Tensor m_projectedBias; ///< [D]; undefined before project()
};

class TwoWayTransformer
{
public:
    /// upscaling: the first thing done to the image afterwards.
    TwoWayTransformer(const Weights &weights, const SamConfig &config,
                      const ImageProjection &upscaling);

    struct Result {
        torch::Tensor tokens; ///< [B, T, C]
        torch::Tensor image;  ///< [B, N, C]
    };
    /// image, imagePositions: [B or 1, N, C]; tokens: [B, T, C], which are their own positions.
    Result forward(const torch::Tensor &tokens, const torch::Tensor &image,
                   const torch::Tensor &imagePositions) const;

    /// One prompt on the processor.
    struct OnePrompt {
        ImagePasses &passes;               ///< the image, which is changed
        const KnownImage *known = nullptr; ///< of it, see known()
        torch::Tensor kept;                ///< numbers of the tokens that are of use; or all
    };
    /// The same for one prompt: tokens [1, T, C] -> those that are kept.
    torch::Tensor forward(const torch::Tensor &tokens, const OnePrompt &prompt) const;

    /// What prompts without a mask have in common: of the image [N, C] with what stands for none.
    KnownImage known(const torch::Tensor &image, const torch::Tensor &imagePositions) const;

private:
    bool isProjectingQuicker(std::int64_t tokens) const;

    std::vector<TwoWayBlock> m_blocks;
    ImageProjection m_projection; ///< of the image as it comes; undefined where no kernels use it
    TokenToImageAttention m_finalAttention;
    LayerNorm m_finalNorm;
};

} // namespace core::sam
