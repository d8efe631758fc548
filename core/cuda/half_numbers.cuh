// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cuda_bf16.h>
#include <cuda_fp16.h>

namespace core::cuda
{

__device__ inline float number(__half value)
{
    return __half2float(value);
}

__device__ inline float number(__nv_bfloat16 value)
{
    return __bfloat162float(value);
}

__device__ inline void store(float value, float *to)
{
    *to = value;
}

__device__ inline void store(float value, __half *to)
{
    *to = __float2half_rn(value);
}

__device__ inline void store(float value, __nv_bfloat16 *to)
{
    *to = __float2bfloat16_rn(value);
}

/// What one load or store moves: 16 bytes.
template <typename T>
struct alignas(16) Chunk {
    static constexpr int length = 16 / sizeof(T);
    T elements[length];
};

} // namespace core::cuda
