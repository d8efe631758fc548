// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/layers.h"

#include <array>

namespace core::sam
{

/// The last layers of an image encoder: tokens of any width become the image embedding, by a linear
/// layer and a 3x3 convolution, each with a norm over the channels behind it.
class Neck
{
public:
    /// `name` is what precedes "0.weight".
    Neck(const Weights &weights, const std::string &name);

    /// [1, g, g, E] -> [1, C, g, g], whose memory is [1, g, g, C].
    torch::Tensor operator()(const torch::Tensor &tokens) const;

private:
    torch::Tensor byKernels(const torch::Tensor &tokens) const;

    Linear m_reduce; ///< [C, E], no bias
    LayerNorm m_norm1;
    torch::Tensor m_smooth; ///< [C, C, 3, 3], no bias
    LayerNorm m_norm2;
    /// Of the convolution, for each row of its weights: [C, 3 C] from three tokens side by side.
    /// Null where the processor has no kernels.
    std::array<std::shared_ptr<const cpu::PackedMatrix>, 3> m_smoothRows;
};

} // namespace core::sam
