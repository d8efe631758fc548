// SPDX-License-Identifier: Apache-2.0
#include "core/torch/cuda/device_start.h"

#include "core/cuda/launch_check.h"

#include <c10/cuda/CUDAGuard.h>

#include <mutex>
#include <set>

namespace core::cuda
{

void startDevice(torch::Device device)
{
    static std::mutex mutex;
    static std::set<torch::DeviceIndex> started;
    const std::lock_guard lock(mutex);
    if (!device.is_cuda() || started.contains(device.index()))
        return;
    const c10::cuda::CUDAGuard guard(device);
    // The driver's part first: it may fail for want of memory, and then LibTorch is untouched.
    const cudaError_t error = cudaFree(nullptr);
    cudaGetLastError(); // or the next kernel would be blamed
    check(error, "starting the GPU");
    torch::empty({0}, torch::device(device)); // LibTorch's part, without memory for a tensor
    started.insert(device.index());
}

} // namespace core::cuda
