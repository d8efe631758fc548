// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Marks a function that a kernel and the tests on the CPU share.
#if defined(__CUDACC__)
#define MASKWRIGHT_HOST_DEVICE __host__ __device__
#else
#define MASKWRIGHT_HOST_DEVICE
#endif

namespace core::cuda
{

// A GPU's compiler joins a product and a sum into one operation that rounds once; the processor's
// code rounds twice. Where both must find the same pixels, these keep the two roundings apart.

MASKWRIGHT_HOST_DEVICE inline float roundedProduct(float a, float b)
{
#if defined(__CUDA_ARCH__)
    return __fmul_rn(a, b);
#else
    return a * b;
#endif
}

MASKWRIGHT_HOST_DEVICE inline float roundedSum(float a, float b)
{
#if defined(__CUDA_ARCH__)
    return __fadd_rn(a, b);
#else
    return a + b;
#endif
}

MASKWRIGHT_HOST_DEVICE inline float blend(float a, float weightA, float b, float weightB)
{
    return roundedSum(roundedProduct(a, weightA), roundedProduct(b, weightB));
}

} // namespace core::cuda
