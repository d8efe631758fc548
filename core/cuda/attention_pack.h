// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/attention_layout.h"

#include <cuda_runtime_api.h>

#include <cstdint>

namespace core::cuda
{

// Elements of 16 bits: float16 or bfloat16, which are only moved. headDim and paddedDim are
// multiples of 8, and every array begins at a multiple of 16 bytes.

/// Writes queries, keys and values, each [windows, windowTokens, heads, paddedDim].
void packAttention(const AttentionLayout &layout, const AttentionSource<std::uint16_t> &source,
                   std::uint16_t *queries, std::uint16_t *keys, std::uint16_t *values,
                   cudaStream_t stream);

/// The reverse for the result, [windows, windowTokens, heads, paddedDim] -> [tokens, heads x
/// headDim].
void unpackAttention(const AttentionLayout &layout, const std::uint16_t *packed,
                     std::uint16_t *tokens, cudaStream_t stream);

} // namespace core::cuda
