// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <functional>
#include <memory>
#include <vector>

namespace core::cuda
{

/// A computation on tensors that stay in their places. On a GPU it is run once, then recorded as a
/// CUDA graph and from there on launched as one: hundreds of small kernels follow each other
/// without the processor between them. On the CPU it is simply run each time.
///
///     CapturedCall call([&] { return std::vector{model(input)}; }, device);
///     input.copy_(something);
///     use(call()); // until the next call()
///
/// `work` reads the same tensors each time, allocates as it likes, waits for nothing and reads
/// nothing back. One thread at a time.
class CapturedCall
{
public:
    using Work = std::function<std::vector<torch::Tensor>()>;

    /// `neighbour`, if any, is never called at the same time and shares its memory.
    CapturedCall(Work work, torch::Device device, const CapturedCall *neighbour = nullptr);
    ~CapturedCall();
    CapturedCall(CapturedCall &&) noexcept;

    /// The results, which the next call overwrites.
    const std::vector<torch::Tensor> &operator()();

private:
    struct Recording;
    Work m_work;
    torch::Device m_device;
    const CapturedCall *m_neighbour;
    std::unique_ptr<Recording> m_recording;
    std::vector<torch::Tensor> m_results;
};

} // namespace core::cuda
