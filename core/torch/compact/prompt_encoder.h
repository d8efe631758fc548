// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/image_encoder.h"
#include "core/torch/compact/prompt_batch.h"

#include <array>

namespace core::compact
{

constexpr double positionUnit = 256; ///< pixels per unit of the Fourier features' argument

/// What a prompt becomes for the decoder.
struct EncodedPrompts {
    torch::Tensor sparse;    ///< (P, T, C) one token per point or corner
    torch::Tensor dense;     ///< (P, C, H/16, W/16) added to the image embedding
    torch::Tensor positions; ///< (1, C, H/16, W/16) positional encoding of the embedding's cells
    torch::Tensor maps;      ///< (P, dense maps, H/4, W/4) the prompts drawn as pictures
    torch::Tensor
        similarity4; ///< (P, similarity maps, H/4, W/4): where the picture looks as it does
    torch::Tensor similarity2; ///< (P, similarity maps, H/2, W/2)  under the prompts
};

/// Points and boxes become tokens as in SAM (random Fourier features of the position plus a learned
/// vector per kind). Beyond SAM: a point's token also carries the image features under it; points,
/// box and previous mask are drawn as maps; and cosine similarity tells which pixels look like the
/// clicked ones and like those inside and outside of the previous mask or box.
class PromptEncoderImpl : public torch::nn::Module
{
public:
    explicit PromptEncoderImpl(const CompactConfig &config);

    /// `origin` (x, y in pixels) shifts all positions; training draws it at random, so that the
    /// model knows only differences of positions and runs on larger pictures than it was trained
    /// on.
    EncodedPrompts forward(const ImageFeatures &image, const PromptBatch &prompts,
                           std::array<float, 2> origin = {0, 0});

private:
    torch::Tensor positionalEncoding(const torch::Tensor &xy) const;
    torch::Tensor pointFeatures(const ImageFeatures &image, const PromptBatch &prompts);

    torch::Tensor m_frequencies; ///< (2, C/2)
    torch::Tensor m_kindEmbedding;
    torch::Tensor m_noMask;
    torch::nn::Linear m_fromEmbedding{nullptr}, m_fromStride8{nullptr}, m_fromStride4{nullptr};
    Conv m_shrink4{nullptr}, m_shrink8{nullptr}, m_dense{nullptr};
};
TORCH_MODULE(PromptEncoder);

} // namespace core::compact
