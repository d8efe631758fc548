// SPDX-License-Identifier: Apache-2.0
#include "core/torch/cuda/device_memory.h"

#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <array>
#include <optional>

namespace core::cuda
{

namespace
{

/// Always the same one: cuBLAS keeps a workspace of 32 MiB for each stream it has met, and LibTorch
/// keeps freed memory for the stream that used it.
c10::cuda::CUDAStream streamOfThread(torch::Device device)
{
    thread_local std::array<std::optional<c10::cuda::CUDAStream>, 64> streams;
    auto &stream = streams.at(static_cast<std::size_t>(device.index()));
    if (!stream)
        stream = c10::cuda::getStreamFromPool(false, device.index());
    return *stream;
}

} // namespace

struct OwnStream::Guard {
    c10::cuda::CUDAStreamGuard stream;
};

OwnStream::OwnStream(torch::Device device)
{
    if (device.is_cuda())
        m_guard.reset(new Guard{c10::cuda::CUDAStreamGuard(streamOfThread(device))});
}

OwnStream::~OwnStream() = default;

void finish(torch::Device device)
{
    if (device.is_cuda())
        c10::cuda::getCurrentCUDAStream(device.index()).synchronize();
}

torch::Tensor toHost(const torch::Tensor &tensor)
{
    return toHost(std::vector{tensor}).front();
}

std::vector<torch::Tensor> toHost(const std::vector<torch::Tensor> &tensors)
{
    std::vector<torch::Tensor> copies;
    torch::Device device = torch::kCPU;
    for (const torch::Tensor &tensor : tensors) {
        if (!tensor.is_cuda()) {
            copies.push_back(tensor.contiguous());
            continue;
        }
        device = tensor.device();
        torch::Tensor copy =
            torch::empty(tensor.sizes(), torch::dtype(tensor.scalar_type()).pinned_memory(true));
        copy.copy_(tensor.contiguous(), /*non_blocking=*/true);
        copies.push_back(std::move(copy));
    }
    finish(device);
    return copies;
}

std::size_t peakBytes(torch::Device device)
{
    if (!device.is_cuda())
        return 0;
    const auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(device.index());
    return static_cast<std::size_t>(stats.allocated_bytes[0].peak); // 0: of all kinds together
}

void forgetPeak(torch::Device device)
{
    if (device.is_cuda())
        c10::cuda::CUDACachingAllocator::resetPeakStats(device.index());
}

void giveBackUnused()
{
    c10::cuda::CUDACachingAllocator::emptyCache();
}

} // namespace core::cuda
