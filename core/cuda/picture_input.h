// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/filtered_sample.h"

#include <cuda_runtime_api.h>

namespace core::cuda
{

enum class Element { Float32, Float16, BFloat16 };

/// A picture's way into a model, on device memory. The resize is core::resizeBilinear(), bit for
/// bit; the rest is core::sam::inputTensor().
struct PictureInput {
    const std::uint8_t *pixels; ///< 8-bit RGB, interleaved, rows without padding
    int width, height;
    FilterView across, down; ///< to the resized picture; arrays on the device
    int resizedWidth, resizedHeight;
    std::uint8_t *narrowed;      ///< height x resizedWidth x 3: between the passes
    int side;                    ///< of the padded square
    float mean[3], deviation[3]; ///< on the scale of the pixels
};

/// Writes [3, side, side] elements to `out`: (pixel - mean) / deviation, zeros in the padding.
void makeInput(const PictureInput &picture, Element element, void *out, cudaStream_t stream);

} // namespace core::cuda
