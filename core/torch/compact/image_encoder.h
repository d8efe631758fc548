// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/compact_config.h"
#include "core/torch/compact/layers.h"

namespace core::compact
{

/// What the encoder keeps of a batch of B pictures of H x W pixels. All (B, C, h, w).
struct ImageFeatures {
    torch::Tensor embedding; ///< stride 16, the two-way blocks work on it
    torch::Tensor stride8;   ///< finer maps for the mask head
    torch::Tensor stride4;
    torch::Tensor stride2;
    torch::Tensor head8; ///< their share in the mask head, the same for every prompt
    torch::Tensor head4;
    torch::Tensor head2;
    torch::Tensor similarity8; ///< unit vectors, fp32: alike where the picture looks alike
    torch::Tensor similarity4;
    torch::Tensor similarity2;

    std::size_t byteSize() const;
    ImageFeatures inFloat32() const;
};

/// A residual convolution net of strides 2 to 32 with a top-down path back to stride 2. Fully
/// convolutional: any H and W that are multiples of 32.
class ImageEncoderImpl : public torch::nn::Module
{
public:
    explicit ImageEncoderImpl(const CompactConfig &config);

    /// In: (B, 3, H, W) as normalizedPixels() gives it.
    /// Leaves the head's maps to the mask decoder.
    ImageFeatures forward(const torch::Tensor &pixels);

private:
    /// isWide: every other block looks twice as far.
    torch::nn::Sequential stage(const char *name, int in, int out, int blocks, bool isWide);

    ConvNorm m_stem{nullptr};
    torch::nn::Sequential m_stage4, m_stage8, m_stage16, m_stage32;
    Conv m_global{nullptr}, m_lateral32{nullptr}, m_lateral16{nullptr}, m_embedding{nullptr};
    Conv m_lateral8{nullptr}, m_down8{nullptr}, m_lateral4{nullptr}, m_down4{nullptr};
    Conv m_lateral2{nullptr}, m_down2{nullptr};
    ConvNorm m_neck{nullptr}, m_merge8{nullptr}, m_merge4{nullptr};
    Conv m_similarity8{nullptr}, m_similarity4{nullptr}, m_similarity2{nullptr};
};
TORCH_MODULE(ImageEncoder);

/// (B, 3, H, W) RGB of 0 to 255, any type, to what the encoder takes: centred, about unit variance,
/// `type`, channels last.
torch::Tensor normalizedPixels(const torch::Tensor &rgb, torch::ScalarType type = torch::kFloat);

} // namespace core::compact
