// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/attention.h"
#include "core/torch/compact/prompt_encoder.h"

namespace core::compact
{

/// SAM's two-way block: tokens attend to themselves, tokens to image, MLP, image to tokens; each
/// followed by a layer norm.
class TwoWayBlockImpl : public torch::nn::Module
{
public:
    TwoWayBlockImpl(int channels, int heads, bool isFirst);
    /// Both sides are replaced by their next state.
    void forward(torch::Tensor &tokens, torch::Tensor &cells, const torch::Tensor &tokenPositions,
                 const torch::Tensor &cellPositions);

private:
    bool m_isFirst; ///< no positions in the first self-attention: the tokens are positions already
    SelfAttention m_selfAttention;
    CrossAttention m_tokensToImage, m_imageToTokens;
    Mlp m_mlp;
    torch::nn::LayerNorm m_norm1, m_norm2, m_norm3, m_norm4;
};
TORCH_MODULE(TwoWayBlock);

/// What the mask head makes of the image's cells: maps whose weighted sums are the masks.
struct HeadMaps {
    torch::Tensor coarse; ///< (P, C, H/4, W/4)
    torch::Tensor fine;   ///< (P, C, H/2, W/2)
};

struct DecodedMasks {
    torch::Tensor logits; ///< (P, 4, H/2, W/2): the single mask, then three ambiguity-aware ones
    torch::Tensor iou;    ///< (P, 4) predicted IoU
};

/// SAM's decoder (output tokens, two two-way blocks, hypernetworks) with a mask head that also sees
/// the finer maps and the prompts' maps, and ends at stride 2; the IoU head also sees each mask's
/// own statistics.
class MaskDecoderImpl : public torch::nn::Module
{
public:
    explicit MaskDecoderImpl(const CompactConfig &config);
    /// Once per picture: the head's maps, and stride 2 itself is no longer needed.
    void addHeadMaps(ImageFeatures &image);
    DecodedMasks forward(const ImageFeatures &image, const EncodedPrompts &prompts);
    /// Of a token.
    std::int64_t channels() const { return m_outputTokens.size(1); }

private:
    HeadMaps headMaps(const torch::Tensor &cells, const ImageFeatures &image,
                      const EncodedPrompts &prompts);
    torch::Tensor predictedIou(const torch::Tensor &tokens, const torch::Tensor &logits);

    torch::Tensor m_outputTokens; ///< (1 + masks, C): IoU token, mask tokens
    torch::nn::ModuleList m_blocks;
    CrossAttention m_finalAttention{nullptr};
    torch::nn::LayerNorm m_finalNorm{nullptr};
    Conv m_down16{nullptr}, m_lateral8{nullptr}, m_mix8{nullptr}, m_down8{nullptr};
    Conv m_lateral4{nullptr}, m_prompts4{nullptr}, m_mix4{nullptr}, m_coarse{nullptr};
    Conv m_down4{nullptr}, m_lateral2{nullptr}, m_prompts2{nullptr}, m_mix2{nullptr};
    torch::nn::ModuleList m_hypernetworks;
    Mlp m_iouHead{nullptr};
};
TORCH_MODULE(MaskDecoder);

} // namespace core::compact
