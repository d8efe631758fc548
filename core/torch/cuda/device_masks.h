// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "core/segmentation/input_geometry.h"

#include <torch/torch.h>

#include <vector>

namespace core::cuda
{

struct DeviceMask {
    Rle mask; ///< at the size of the original picture
    float stabilityScore = 0;
};

/// What core::postprocessMask() makes of each of the logits, as run lengths, cut on the device:
/// nothing but runs is copied from there. `logits`: [masks, h, w] float32 on a device with
/// haveKernelsFor(). Waits for the device.
std::vector<DeviceMask> cutOnDevice(const torch::Tensor &logits, const InputGeometry &geometry,
                                    float stabilityOffset);

} // namespace core::cuda
