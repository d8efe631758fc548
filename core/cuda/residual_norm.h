// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/picture_input.h"

#include <cuda_runtime_api.h>

namespace core::cuda
{

/// A transformer's residual sum and the layer norm that follows, which would each read all tokens
/// again. Elements of 16 bits; the sums are rounded to them before they are normalised.
struct ResidualNorm {
    const void *x, *y;         ///< [rows, channels]
    const void *weight, *bias; ///< [channels]
    void *sums;                ///< x + y
    void *normed;              ///< (sums - mean) / deviation x weight + bias
    int rows, channels;
    float epsilon;
};

/// The channels of SAM's published sizes: 768, 1024, 1280.
bool canAddAndNorm(int channels);
void addAndNorm(const ResidualNorm &residual, Element element, cudaStream_t stream);

} // namespace core::cuda
