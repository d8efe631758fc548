// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/image_encoder.h"
#include "core/torch/torch_embedding.h"

namespace core::compact
{

/// The encoder's answer, on the device of the model that made it.
class CompactEmbedding : public TorchEmbedding
{
public:
    CompactEmbedding(const InputGeometry &geometry, ImageFeatures features);

    std::size_t byteSize() const override { return features.byteSize(); }
    torch::Tensor imageEmbedding() const override { return features.embedding; }
    std::vector<std::byte> save() const override;
    /// What save() gave. Null when it is no answer of a model of this configuration whose pictures
    /// have `longSide` pixels.
    static std::shared_ptr<const CompactEmbedding> load(const EmbeddingBytes &bytes,
                                                        const CompactConfig &config, int longSide,
                                                        torch::Device device);

    const ImageFeatures features;
};

/// How a picture lies on the model's input: its longer side has `longSide` pixels.
InputGeometry geometryOf(Size original, int longSide);

} // namespace core::compact
