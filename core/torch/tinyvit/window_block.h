// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/tinyvit/biased_attention.h"
#include "core/torch/tinyvit/depthwise.h"

namespace core::tinyvit
{

/// A block of TinyViT's later stages: attention in windows, a convolution of each channel that lets
/// windows see beyond their borders, and an MLP.
class WindowBlock
{
public:
    WindowBlock(const sam::Weights &weights, const std::string &name, const StageConfig &stage);

    /// [1, H, W, C] -> the same shape. Memory of `x` may be overwritten.
    torch::Tensor forward(const torch::Tensor &x) const;

private:
    torch::Tensor mixByKernels(const torch::Tensor &x) const;

    BiasedAttention m_attention;
    Depthwise m_local;
    sam::LayerNorm m_norm;
    sam::Linear m_mlpIn;
    sam::Linear m_mlpOut;
};

} // namespace core::tinyvit
