// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/cpu_upscaling.h"
#include "core/torch/sam/two_way_transformer.h"

namespace core::sam
{

/// From embeddings to mask logits and predicted IoU. float32.
class MaskDecoder
{
public:
    MaskDecoder(const Weights &weights, const SamConfig &config);

    struct Result {
        torch::Tensor tokens; ///< [B, 1 + masks + sparse, C] as they leave the transformer
        torch::Tensor logits; ///< [B, masks, 4g, 4g], all mask tokens: the single one first
        torch::Tensor iou;    ///< [B, masks]
    };

    /// imageEmbedding and densePositions: [1, C, g, g]; dense: [B, C, g, g] or what broadcasts to
    /// it; sparse: [B, tokens, C].
    Result forward(const torch::Tensor &imageEmbedding, const torch::Tensor &densePositions,
                   const torch::Tensor &sparse, const torch::Tensor &dense) const;

private:
    torch::Tensor hypernetworks(const torch::Tensor &tokens) const; ///< [B, masks, C/8]

    std::int64_t m_maskTokens;
    torch::Tensor m_outputTokens; ///< [1 + masks, C]: the IoU token, then the mask tokens
    TwoWayTransformer m_transformer;
    Linear m_upscale1; ///< the first transposed convolution as a matrix [4 C/4, C]
    LayerNorm m_upscaleNorm;
    Linear m_upscale2; ///< the second: [4 C/8, C/4]
    std::vector<ReluMlp> m_hypernetworks;
    ReluMlp m_iouHead;
    CpuUpscaling m_cpuUpscaling;
};

} // namespace core::sam
