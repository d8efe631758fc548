// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/kernels.h"
#include "core/torch/tinyvit/folded_convolution.h"

#include <array>

namespace core::tinyvit
{

/// A 3x3 convolution, one pixel of zeros around the picture, whose channels do not mix.
class Depthwise
{
public:
    Depthwise() = default;
    Depthwise(const sam::Weights &weights, const std::string &name);

    /// [1, H, W, C] -> [1, H / stride, W / stride, C], rounded up; by LibTorch.
    torch::Tensor operator()(const torch::Tensor &x, std::int64_t stride) const;

    /// A part of the input's rows, for the processor's kernels: columns from `first` on, `width` of
    /// them, which begin at rows[..]; null for rows beyond the picture.
    struct Input {
        std::array<const float *, 3> rows;
        std::int64_t first, width;
    };
    /// The outputs [count, C] of one row from column `first` on, on the calling thread.
    void row(const Input &input, std::int64_t first, std::int64_t count, std::int64_t stride,
             cpu::Finish finish, float *out) const;

private:
    FoldedConvolution m_convolution;
    torch::Tensor m_taps; ///< [9, C]: the same weights, for the kernels
};

} // namespace core::tinyvit
