// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/torch_embedding.h"

namespace core::sam
{

/// The encoder's answer: [1, C, g, g] float32, on the device of the model that made it.
class SamEmbedding : public TorchEmbedding
{
public:
    SamEmbedding(const InputGeometry &geometry, torch::Tensor features)
        : TorchEmbedding(geometry, {static_cast<int>(features.size(3)) * 4,
                                    static_cast<int>(features.size(2)) * 4}),
          m_features(inPlace(features))
    {
    }

    const torch::Tensor &features() const { return m_features; }
    torch::Tensor imageEmbedding() const override { return m_features; }
    std::size_t byteSize() const override { return m_features.nbytes(); }
    std::vector<std::byte> save() const override;
    /// What save() gave, for an encoder that answers with tensors of `shape` to pictures padded to
    /// `padded`. Null when it is none of its answers.
    static std::shared_ptr<const SamEmbedding> load(const EmbeddingBytes &bytes, Size padded,
                                                    torch::IntArrayRef shape, torch::Device device);

private:
    /// On the CPU channels come last, as the decoder reads them.
    static torch::Tensor inPlace(const torch::Tensor &features)
    {
        return features.contiguous(features.is_cpu() ? torch::MemoryFormat::ChannelsLast
                                                     : torch::MemoryFormat::Contiguous);
    }

    torch::Tensor m_features;
};

} // namespace core::sam
