// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/picture_input.h"

#include <cuda_runtime_api.h>

namespace core::cuda
{

/// SAM's attention within windows of 14 x 14 tokens as one kernel: a block of threads keeps a
/// window's keys and values of one head, each warp 32 of its queries. Relative positions are
/// further elements of both, as attention_layout.h has them, but exist in shared memory alone. What
/// pads the windows at the right and bottom takes part as keys; it asks nothing.
///
/// As for GlobalAttention: 16 bits, headDim 64 or 80, compute capability 8.0 and up.
struct WindowAttention {
    const void *qkv;      ///< [grid x grid, 3, heads, headDim]
    const void *bias;     ///< [3, heads, headDim]: keys and values of the padding
    const void *products; ///< as AttentionSource has them, positions >= 54 for each token and head
    void *out;            ///< [grid x grid, heads, headDim]
    int grid, heads, headDim, positions;
    float scale;
};

inline constexpr int attentionWindowSide = 14;
void attendInWindows(const WindowAttention &attention, Element element, cudaStream_t stream);

} // namespace core::cuda
