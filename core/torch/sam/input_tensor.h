// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"

#include <torch/torch.h>

namespace core::sam
{

/// [1, 3, S, S] float32 from the resized picture: normalised by SAM's means and deviations first,
/// then padded with zeros at the right and bottom, so the padding is the mean colour and not black.
torch::Tensor inputTensor(const Image &resized, std::int64_t side);

} // namespace core::sam
