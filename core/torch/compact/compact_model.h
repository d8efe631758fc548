// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/mask_decoder.h"

namespace core::compact
{

/// The whole net as training sees it; CompactSegmenter wraps it for use.
class CompactModelImpl : public torch::nn::Module
{
public:
    explicit CompactModelImpl(const CompactConfig &config = {});

    /// In: as normalizedPixels() gives it.
    ImageFeatures encode(const torch::Tensor &pixels);
    DecodedMasks decode(const ImageFeatures &image, const PromptBatch &prompts,
                        std::array<float, 2> origin = {0, 0});
    /// For inference: every BatchNorm becomes part of its convolution.
    void foldNorms();

    const CompactConfig config;
    ImageEncoder imageEncoder{nullptr};
    PromptEncoder promptEncoder{nullptr};
    MaskDecoder maskDecoder{nullptr};
};
TORCH_MODULE(CompactModel);

} // namespace core::compact
