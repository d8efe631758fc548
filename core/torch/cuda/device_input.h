// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"

#include <torch/torch.h>

namespace core::cuda
{

/// What core::sam::inputTensor() makes of the picture resized to `resized`, made on the device: the
/// picture's 8-bit pixels are all that is copied there. Needs haveKernelsFor(device).
torch::Tensor deviceInput(ImageView image, Size resized, std::int64_t side, torch::Device device,
                          torch::ScalarType precision);

} // namespace core::cuda
