// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace core::cuda
{

constexpr int warpSize32 = 32;

/// Sum of what the block's threads before this one hold; `total` is that of all. Every thread of
/// the block calls it; the block is a multiple of 32 and at most 1024.
__device__ inline std::uint32_t sumBefore(std::uint32_t value, std::uint32_t &total)
{
    __shared__ std::uint32_t warpSums[warpSize32];
    const unsigned lane = threadIdx.x % warpSize32;
    const unsigned warp = threadIdx.x / warpSize32;
    std::uint32_t sum = value; // up to and with this lane
    for (unsigned step = 1; step < warpSize32; step *= 2) {
        const std::uint32_t left = __shfl_up_sync(~0u, sum, step);
        sum += lane >= step ? left : 0;
    }
    __syncthreads(); // the sums of an earlier call may still be read
    if (lane == warpSize32 - 1)
        warpSums[warp] = sum;
    __syncthreads();
    std::uint32_t before = 0;
    total = 0;
    for (unsigned i = 0; i < blockDim.x / warpSize32; ++i) {
        before += i < warp ? warpSums[i] : 0;
        total += warpSums[i];
    }
    return before + sum - value;
}

} // namespace core::cuda
