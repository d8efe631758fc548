// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/picture_input.h"

#include <cuda_runtime_api.h>

namespace core::cuda
{

/// SAM's attention over the whole grid of 64 x 64 tokens as one kernel that never holds a score
/// map: a warp keeps 32 queries and their sums, and the keys come by one row of the grid at a time.
/// That is what makes the decomposed relative positions cheap: for a query the part of the column
/// is the same for every row of keys, and the part of the row is one number for all keys of a row;
/// both are where the sums of the products begin.
///
/// The elements are of 16 bits; headDim is 64 or 80, and the device has tensor cores that multiply
/// them (compute capability 8.0 and up).
struct GlobalAttention {
    const void *qkv;      ///< [4096, 3, heads, headDim]
    const void *products; ///< as AttentionSource has them, positions >= 254 for each token and head
    void *out;            ///< [4096, heads, headDim]
    int heads, headDim, positions;
    float scale;
};

inline constexpr int globalAttentionSide = 64;
/// Whether the current device and this size of a head are served, here and in window_attention.h.
bool canAttend(int headDim);
void attendGlobally(const GlobalAttention &attention, Element element, cudaStream_t stream);

} // namespace core::cuda
