// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/weights.h"

#include <string>

namespace core::tinyvit
{

/// A convolution and the batch norm behind it as one convolution, which is what they are once the
/// norm's statistics are fixed.
struct FoldedConvolution {
    torch::Tensor weight; ///< [out, in, k, k], in the model's precision
    torch::Tensor bias;   ///< [out]

    FoldedConvolution() = default;
    FoldedConvolution(const sam::Weights &weights, const std::string &name);
};

} // namespace core::tinyvit
