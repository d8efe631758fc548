// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/compact_model.h"

namespace core::compact
{

CompactModelImpl::CompactModelImpl(const CompactConfig &c) : config(c)
{
    imageEncoder = register_module("image_encoder", ImageEncoder(config));
    promptEncoder = register_module("prompt_encoder", PromptEncoder(config));
    maskDecoder = register_module("mask_decoder", MaskDecoder(config));
}

ImageFeatures CompactModelImpl::encode(const torch::Tensor &pixels)
{
    ImageFeatures features = imageEncoder(pixels);
    maskDecoder->addHeadMaps(features);
    return features;
}

DecodedMasks CompactModelImpl::decode(const ImageFeatures &image, const PromptBatch &prompts,
                                      std::array<float, 2> origin)
{
    return maskDecoder(image, promptEncoder(image, prompts, origin));
}

void CompactModelImpl::foldNorms()
{
    for (const auto &module : modules(false)) {
        if (auto *convNorm = module->as<ConvNormImpl>())
            convNorm->fold();
    }
}

} // namespace core::compact
