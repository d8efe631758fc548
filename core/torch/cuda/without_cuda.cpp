// SPDX-License-Identifier: Apache-2.0
// The functions of this folder where LibTorch or the machine that built the program has no CUDA.
// Callers ask haveKernels() or canServe() first.
#include "core/torch/cuda/captured_call.h"
#include "core/torch/cuda/device_input.h"
#include "core/torch/cuda/device_masks.h"
#include "core/torch/cuda/device_memory.h"
#include "core/torch/cuda/device_start.h"
#include "core/torch/cuda/fused_attention.h"
#include "core/torch/cuda/kernels.h"
#include "core/torch/cuda/token_steps.h"

namespace core::cuda
{

namespace
{

[[noreturn]] void refuse()
{
    TORCH_CHECK(false, "this program was built without CUDA kernels");
    std::abort(); // not reached
}

} // namespace

bool haveKernels()
{
    return false;
}

struct CapturedCall::Recording {
};

CapturedCall::CapturedCall(Work work, torch::Device device, const CapturedCall *neighbour)
    : m_work(std::move(work)), m_device(device), m_neighbour(neighbour)
{
}

CapturedCall::~CapturedCall() = default;
CapturedCall::CapturedCall(CapturedCall &&) noexcept = default;

const std::vector<torch::Tensor> &CapturedCall::operator()()
{
    return m_results = m_work();
}

struct OwnStream::Guard {
};

OwnStream::OwnStream(torch::Device) {}

OwnStream::~OwnStream() = default;

void startDevice(torch::Device device)
{
    torch::empty({0}, torch::device(device));
}

void finish(torch::Device device)
{
    if (device.is_cuda())
        torch::cuda::synchronize(device.index());
}

torch::Tensor toHost(const torch::Tensor &tensor)
{
    return tensor.cpu().contiguous();
}

std::vector<torch::Tensor> toHost(const std::vector<torch::Tensor> &tensors)
{
    std::vector<torch::Tensor> copies;
    for (const torch::Tensor &tensor : tensors)
        copies.push_back(toHost(tensor));
    return copies;
}

std::size_t peakBytes(torch::Device)
{
    return 0;
}

void forgetPeak(torch::Device) {}

void giveBackUnused() {}

torch::Tensor deviceInput(ImageView, Size, std::int64_t, torch::Device, torch::ScalarType)
{
    refuse();
}

std::vector<DeviceMask> cutOnDevice(const torch::Tensor &, const InputGeometry &, float)
{
    refuse();
}

bool canAddAndNorm(const torch::Tensor &)
{
    return false;
}

std::pair<torch::Tensor, torch::Tensor> addAndNorm(const torch::Tensor &, const torch::Tensor &,
                                                   const torch::Tensor &, const torch::Tensor &,
                                                   double)
{
    refuse();
}

void applyGelu(torch::Tensor &x)
{
    at::gelu_(x);
}

bool FusedAttention::canServe(const Sizes &, torch::Device, torch::ScalarType)
{
    return false;
}

FusedAttention::FusedAttention(const Sizes &, const torch::Tensor &, const torch::Tensor &,
                               const torch::Tensor &, AttentionKernels)
{
    refuse();
}

torch::Tensor FusedAttention::operator()(const torch::Tensor &) const
{
    refuse();
}

} // namespace core::cuda
