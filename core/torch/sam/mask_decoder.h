// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/cpu_upscaling.h"
#include "core/torch/sam/two_way_transformer.h"

#include <optional>

namespace core::sam
{

/// Mask tokens, of which the first is the single mask's.
struct MaskRange {
    std::int64_t first, count;
};

/// What a caller wants of the mask decoder and what he has.
struct DecodeOptions {
    /// The result has these masks, and of the tokens the IoU's and theirs; otherwise all.
    std::optional<MaskRange> wanted;
    /// MaskDecoder::known() of the same image; only where there is no mask.
    const KnownImage *known = nullptr;
};

/// From embeddings to mask logits and predicted IoU. float32.
class MaskDecoder
{
public:
    MaskDecoder(const Weights &weights, const SamConfig &config);

    struct Result {
        /// [B, 1 + masks + sparse, C] as they leave the transformer; without the sparse ones where
        /// only some masks are wanted.
        torch::Tensor tokens;
        torch::Tensor logits; ///< [B, masks, 4g, 4g], in the order of their tokens
        torch::Tensor iou;    ///< [B, masks]
    };

    /// imageEmbedding and densePositions: [1, C, g, g]; dense: [B, C, g, g] or what broadcasts to
    /// it; sparse: [B, tokens, C].
    Result forward(const torch::Tensor &imageEmbedding, const torch::Tensor &densePositions,
                   const torch::Tensor &sparse, const torch::Tensor &dense,
                   const DecodeOptions &options = {}) const;

    /// Of an image what makes every single prompt without a mask quicker, for as many of them as
    /// there are; nothing where the processor's kernels do not decode it.
    std::optional<KnownImage> known(const torch::Tensor &imageEmbedding,
                                    const torch::Tensor &densePositions,
                                    const torch::Tensor &noMask) const;

private:
    /// Tokens: the IoU's, then those of the masks -> [B, masks, C/8].
    torch::Tensor hypernetworks(const torch::Tensor &tokens, const MaskRange &masks) const;

    std::int64_t m_maskTokens;
    torch::Tensor m_outputTokens; ///< [1 + masks, C]: the IoU token, then the mask tokens
    Linear m_upscale1;            ///< the first transposed convolution as a matrix [4 C/4, C]
    TwoWayTransformer m_transformer;
    LayerNorm m_upscaleNorm;
    Linear m_upscale2; ///< the second: [4 C/8, C/4]
    std::vector<ReluMlp> m_hypernetworks;
    ReluMlp m_iouHead;
    CpuUpscaling m_cpuUpscaling;
};

} // namespace core::sam
