// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/kernels.h"
#include "core/torch/load_segmenter.h"

#include <torch/torch.h>

#include <functional>

namespace core
{

/// Where and how a model computes, decided once when it is loaded.
struct Runtime {
    torch::Device device = torch::kCPU;
    /// Of the image encoder; SAM's decoder is always float32.
    torch::ScalarType precision = torch::kFloat32;
    bool smallBatches = false;
    int threads = 0;        ///< 0: one for each core, or OMP_NUM_THREADS
    std::string gpuProblem; ///< SegmenterInfo::gpuProblem

    /// LibTorch's number of threads belongs to the calling thread, so every call sets it.
    void applyThreads() const;
    /// Of SAM's image encoder's tensors: on the CPU only the factors of its products are rounded.
    torch::ScalarType tensorType() const { return device.is_cpu() ? torch::kFloat32 : precision; }
    cpu::Factors factors() const
    {
        return precision == torch::kBFloat16 ? cpu::Factors::Bf16 : cpu::Factors::Float32;
    }
    Device kind() const { return device.is_cpu() ? Device::Cpu : Device::Cuda; }
    std::string precisionName() const;
};

/// How GPUs are asked; tests put their own in its place.
struct GpuAccess {
    std::function<int()> count;               ///< that LibTorch sees
    std::function<void(torch::Device)> start; ///< cuda::startDevice()
    static GpuAccess real();
};

/// Throws Error(DeviceUnavailable) for a device that is not there or a precision that it does not
/// have (a CPU has no fp16, and bf16 if there are kernels for it), Error(OutOfMemory) for a GPU
/// that others have filled. Where the choice is free, the CPU is taken
/// instead of a GPU that cannot be used, and gpuProblem says why.
Runtime chooseRuntime(const SegmenterOptions &options, const GpuAccess &gpus = GpuAccess::real());

} // namespace core
