// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/host_device.h"

#include <cstddef>
#include <cstdint>

namespace core::cuda
{

/// One pass of a resize: the input samples of each output sample and their fixed-point weights, as
/// core::ResizeFilter makes them. Borrows.
struct FilterView {
    const int *first;            ///< first input sample of each output sample
    const int *count;            ///< number of input samples
    const std::int32_t *weights; ///< perOutput for each output sample
    int perOutput;
    int precisionBits; ///< of the weights: 1 is 1 << precisionBits
};

/// One 8-bit output sample from 8-bit input samples that lie `step` bytes apart; `samples` is input
/// sample 0. Integers all the way, so every device gives the same.
MASKWRIGHT_HOST_DEVICE inline std::uint8_t filteredSample(const std::uint8_t *samples,
                                                          std::ptrdiff_t step,
                                                          const FilterView &filter, int output)
{
    const std::int32_t *weights =
        filter.weights + static_cast<std::ptrdiff_t>(output) * filter.perOutput;
    samples += filter.first[output] * step;
    std::int32_t sum = 1 << (filter.precisionBits - 1);
    for (int k = 0; k < filter.count[output]; ++k)
        sum += samples[k * step] * weights[k];
    sum >>= filter.precisionBits;
    return static_cast<std::uint8_t>(sum < 0 ? 0 : sum > 255 ? 255 : sum);
}

} // namespace core::cuda
