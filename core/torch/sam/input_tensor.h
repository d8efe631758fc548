// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"

#include <torch/torch.h>

#include <array>

namespace core::sam
{

// ImageNet's, on the 0..255 scale, red first.
inline constexpr std::array<float, 3> pixelMean = {123.675f, 116.28f, 103.53f};
inline constexpr std::array<float, 3> pixelDeviation = {58.395f, 57.12f, 57.375f};

/// [1, 3, S, S] float32 from the resized picture: normalised by SAM's means and deviations first,
/// then padded with zeros at the right and bottom, so the padding is the mean colour and not black.
torch::Tensor inputTensor(const Image &resized, std::int64_t side);

} // namespace core::sam
