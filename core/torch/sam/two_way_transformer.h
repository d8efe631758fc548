// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/decoder_attention.h"
#include "core/torch/sam/image_passes.h"
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
    /// The tokens after their own attention; they are to ask the image next.
    torch::Tensor attendToTokens(const torch::Tensor &tokens, const torch::Tensor &positions) const;
    /// The tokens' probes of the image.
    torch::Tensor probes(const torch::Tensor &tokens, const torch::Tensor &positions) const;
    /// The tokens after what they gathered from the image.
    torch::Tensor finishTokens(const torch::Tensor &tokens, const torch::Tensor &gathered) const;
    /// What the finished tokens change in the image.
    ImagePasses::Change change(const torch::Tensor &tokens, const torch::Tensor &positions) const;

private:
    bool m_isFirst; ///< its self-attention replaces the tokens and adds no positions
    TokenAttention m_selfAttention;
    TokenToImageAttention m_tokenToImage;
    ImageToTokenAttention m_imageToToken;
    LayerNorm m_norm1, m_norm2, m_norm3, m_norm4;
    Linear m_mlpIn, m_mlpOut;
};

class TwoWayTransformer
{
public:
    TwoWayTransformer(const Weights &weights, const SamConfig &config);

    struct Result {
        torch::Tensor tokens; ///< [B, T, C]
        torch::Tensor image;  ///< [B, N, C]
    };
    /// image, imagePositions: [B or 1, N, C]; tokens: [B, T, C], which are their own positions.
    Result forward(const torch::Tensor &tokens, const torch::Tensor &image,
                   const torch::Tensor &imagePositions) const;

    /// The same for one prompt on the processor, whose image is in `passes`: the tokens [1, T, C].
    /// `finished` gets every block of the image once it is as it leaves the transformer.
    torch::Tensor forward(const torch::Tensor &tokens, ImagePasses &passes,
                          const ImagePasses::UseBlock &finished) const;

private:
    std::vector<TwoWayBlock> m_blocks;
    TokenToImageAttention m_finalAttention;
    LayerNorm m_finalNorm;
};

} // namespace core::sam
