// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <cstddef>
#include <memory>
#include <vector>

namespace core::cuda
{

/// While it lives, what the calling thread gives to a GPU runs beside what other threads give it:
/// one copies its picture there while another's is computed. Nothing on the CPU.
class OwnStream
{
public:
    explicit OwnStream(torch::Device device);
    ~OwnStream();
    OwnStream(const OwnStream &) = delete;
    OwnStream &operator=(const OwnStream &) = delete;

private:
    struct Guard;
    std::unique_ptr<Guard> m_guard;
};

/// Waits until the device has done what the calling thread gave it; at once for the CPU. A failure
/// on the device is thrown here.
void finish(torch::Device device);

/// A copy in the machine's memory, complete when the function returns. Pinned on the way, which
/// makes it several times as quick.
torch::Tensor toHost(const torch::Tensor &tensor);
/// Several at once.
std::vector<torch::Tensor> toHost(const std::vector<torch::Tensor> &tensors);

/// The most bytes that tensors had on the device since the last forgetPeak(); 0 for the CPU.
std::size_t peakBytes(torch::Device device);
void forgetPeak(torch::Device device);

/// What LibTorch keeps of freed memory on GPUs goes back to the driver, for the next model and for
/// other programs.
void giveBackUnused();

} // namespace core::cuda
