// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/decoder_attention.h"
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

private:
    std::vector<TwoWayBlock> m_blocks;
    TokenToImageAttention m_finalAttention;
    LayerNorm m_finalNorm;
};

} // namespace core::sam
