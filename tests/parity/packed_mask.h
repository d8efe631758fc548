// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"

#include <torch/torch.h>

/// The reference files' masks: pixels in row-major order, the first in the most significant bit.
inline core::Mask unpackMask(const torch::Tensor &packed, core::Size size)
{
    core::Mask mask(size);
    const torch::Tensor bytes = packed.contiguous();
    const auto *data = bytes.data_ptr<std::uint8_t>();
    for (std::size_t i = 0; i < mask.pixels.size(); ++i)
        mask.pixels[i] = data[i / 8] >> (7 - i % 8) & 1;
    return mask;
}
