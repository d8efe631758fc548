// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace core
{

/// One pass of PIL's 8-bit bilinear resize: the input samples of each output sample and their
/// fixed-point weights. An output sample is the sum of weight x sample plus half, shifted right by
/// precisionBits and cut to 0..255.
struct ResizeFilter {
    /// A weighted sum of at most 255 x 2^22 fits 32 bits and leaves room for the rounding half.
    static constexpr int precisionBits = 32 - 8 - 2;

    int perOutput = 0;                 ///< room for weights of each output sample
    std::vector<int> first;            ///< first input sample
    std::vector<int> count;            ///< number of input samples
    std::vector<std::int32_t> weights; ///< perOutput for each output sample
    const std::int32_t *of(int output) const
    {
        return weights.data() + static_cast<std::ptrdiff_t>(output) * perOutput;
    }
};

/// A triangle that is as wide as two input samples, or two output samples where these are wider
/// (which is what keeps a shrunken picture from flickering). Equal sides give the samples
/// themselves.
ResizeFilter triangleFilter(int inputs, int outputs);

} // namespace core
