// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cuda_runtime_api.h>

#include <stdexcept>
#include <string>

namespace core::cuda
{

/// Throws std::runtime_error when the driver refused what was asked for.
inline void check(cudaError_t error, const char *doing)
{
    if (error != cudaSuccess)
        throw std::runtime_error(std::string("CUDA failed at ") + doing + ": " +
                                 cudaGetErrorString(error));
}

inline void checkLaunch(const char *doing)
{
    check(cudaGetLastError(), doing);
}

} // namespace core::cuda
