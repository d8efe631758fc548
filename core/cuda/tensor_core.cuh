// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cuda_bf16.h>
#include <cuda_fp16.h>

#include <cstdint>

namespace core::cuda
{

// A warp's pieces of matrices, as the instruction m16n8k16 lays them out. With g = lane / 4 and t =
// lane % 4 a lane holds
//   of A, 16 x 16: (g, 2t), (g+8, 2t), (g, 2t+8), (g+8, 2t+8), each with its right neighbour
//   of B, 16 x 8:  (2t, g), (2t+8, g), each with its lower neighbour
//   of C, 16 x 8:  (g, 2t), (g, 2t+1), (g+8, 2t), (g+8, 2t+1)
using PieceA = std::uint32_t[4];
using PieceB = std::uint32_t[2];
using PieceC = float[4];

/// c += a b
template <typename T>
__device__ inline void multiply(PieceC &c, const PieceA &a, const PieceB &b);

template <>
__device__ inline void multiply<__half>(PieceC &c, const PieceA &a, const PieceB &b)
{
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, "
                 "{%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
                 : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

template <>
__device__ inline void multiply<__nv_bfloat16>(PieceC &c, const PieceA &a, const PieceB &b)
{
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0, %1, %2, %3}, "
                 "{%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
                 : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

/// Four 8 x 8 matrices from shared memory; lane 8 i + r gives the address of row r of matrix i. A
/// lane gets (g, 2t) and its right neighbour of each.
__device__ inline void loadFour(std::uint32_t (&pieces)[4], const void *row)
{
    const auto address = static_cast<std::uint32_t>(__cvta_generic_to_shared(row));
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(pieces[0]), "=r"(pieces[1]), "=r"(pieces[2]), "=r"(pieces[3])
                 : "r"(address)
                 : "memory");
}

/// The same turned over: a lane gets (2t, g) and its lower neighbour of each.
__device__ inline void loadFourTurned(std::uint32_t (&pieces)[4], const void *row)
{
    const auto address = static_cast<std::uint32_t>(__cvta_generic_to_shared(row));
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(pieces[0]), "=r"(pieces[1]), "=r"(pieces[2]), "=r"(pieces[3])
                 : "r"(address)
                 : "memory");
}

/// Begins to copy 16 bytes into shared memory.
__device__ inline void copyAhead(void *to, const void *from)
{
    const auto address = static_cast<std::uint32_t>(__cvta_generic_to_shared(to));
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(address), "l"(from) : "memory");
}

/// What this thread began to copy is there.
__device__ inline void waitForCopies()
{
    asm volatile("cp.async.wait_all;" ::: "memory");
}

__device__ inline float powerOf2(float x)
{
    float result;
    asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(result) : "f"(x));
    return result;
}

template <typename T>
struct Pairs;

template <>
struct Pairs<__half> {
    __device__ static std::uint32_t pack(float low, float high)
    {
        const __half2 pair = __floats2half2_rn(low, high);
        return *reinterpret_cast<const std::uint32_t *>(&pair);
    }
    __device__ static float2 unpack(std::uint32_t bits)
    {
        return __half22float2(*reinterpret_cast<const __half2 *>(&bits));
    }
    __device__ static float number(__half value) { return __half2float(value); }
    __device__ static __half of(float value) { return __float2half_rn(value); }
};

template <>
struct Pairs<__nv_bfloat16> {
    __device__ static std::uint32_t pack(float low, float high)
    {
        const __nv_bfloat162 pair = __floats2bfloat162_rn(low, high);
        return *reinterpret_cast<const std::uint32_t *>(&pair);
    }
    __device__ static float2 unpack(std::uint32_t bits)
    {
        return __bfloat1622float2(*reinterpret_cast<const __nv_bfloat162 *>(&bits));
    }
    __device__ static float number(__nv_bfloat16 value) { return __bfloat162float(value); }
    __device__ static __nv_bfloat16 of(float value) { return __float2bfloat16_rn(value); }
};

} // namespace core::cuda
