// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/load_segmenter.h"

#include <torch/torch.h>

namespace core
{

/// Where and how a model computes, decided once when it is loaded.
struct Runtime {
    torch::Device device = torch::kCPU;
    torch::ScalarType precision =
        torch::kFloat32; ///< of the image encoder; the decoder is always float32
    bool smallBatches = false;
    int threads = 0; ///< 0: LibTorch's own choice

    /// LibTorch's number of threads belongs to the calling thread, so every call sets it.
    void applyThreads() const;
    Device kind() const { return device.is_cpu() ? Device::Cpu : Device::Cuda; }
    std::string precisionName() const;
};

/// Throws Error(DeviceUnavailable) for a device that is not there, or half precision on the CPU.
Runtime chooseRuntime(const SegmenterOptions &options);

} // namespace core
