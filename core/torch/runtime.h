// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/load_segmenter.h"

#include <torch/torch.h>

#include <functional>

namespace core
{

/// Where and how a model computes, decided once when it is loaded.
struct Runtime {
    torch::Device device = torch::kCPU;
    torch::ScalarType precision =
        torch::kFloat32; ///< of the image encoder; the decoder is always float32
    bool smallBatches = false;
    int threads = 0;        ///< 0: LibTorch's own choice
    std::string gpuProblem; ///< SegmenterInfo::gpuProblem

    /// LibTorch's number of threads belongs to the calling thread, so every call sets it.
    void applyThreads() const;
    Device kind() const { return device.is_cpu() ? Device::Cpu : Device::Cuda; }
    std::string precisionName() const;
};

/// How GPUs are asked; tests put their own in its place.
struct GpuAccess {
    std::function<int()> count;               ///< that LibTorch sees
    std::function<void(torch::Device)> start; ///< cuda::startDevice()
    static GpuAccess real();
};

/// Throws Error(DeviceUnavailable) for a device that is not there or half precision on the CPU,
/// Error(OutOfMemory) for a GPU that others have filled. Where the choice is free, the CPU is taken
/// instead of a GPU that cannot be used, and gpuProblem says why.
Runtime chooseRuntime(const SegmenterOptions &options, const GpuAccess &gpus = GpuAccess::real());

} // namespace core
