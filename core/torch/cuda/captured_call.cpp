// SPDX-License-Identifier: Apache-2.0
#include "core/torch/cuda/captured_call.h"

#include "core/torch/cuda/kernels.h"

#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <array>
#include <optional>

namespace core::cuda
{

namespace
{

/// Where graphs of a device are recorded: never the stream that computes otherwise, which cannot be
/// recorded. One for all, because cuBLAS keeps a workspace of 32 MiB for each stream it has met.
c10::cuda::CUDAStream recordingStream(torch::Device device)
{
    static std::array<std::optional<c10::cuda::CUDAStream>, 64> streams;
    auto &stream = streams.at(static_cast<std::size_t>(device.index()));
    if (!stream)
        stream = c10::cuda::getStreamFromPool(false, device.index());
    return *stream;
}

} // namespace

bool haveKernels()
{
    return true;
}

struct CapturedCall::Recording {
    at::cuda::CUDAGraph graph;
};

CapturedCall::CapturedCall(Work work, torch::Device device, const CapturedCall *neighbour)
    : m_work(std::move(work)), m_device(device), m_neighbour(neighbour)
{
}

CapturedCall::~CapturedCall() = default;
CapturedCall::CapturedCall(CapturedCall &&) noexcept = default;

const std::vector<torch::Tensor> &CapturedCall::operator()()
{
    if (!m_device.is_cuda())
        return m_results = m_work();
    const c10::cuda::CUDAGuard guard(m_device);
    const c10::cuda::CUDAStream computing = c10::cuda::getCurrentCUDAStream();
    if (!m_recording) {
        computing.synchronize(); // what is read was written there
        const c10::cuda::CUDAStream stream = recordingStream(m_device);
        const c10::cuda::CUDAStreamGuard streamGuard(stream);
        m_work(); // libraries choose their algorithms and allocate their workspaces now
        stream.synchronize();
        auto recording = std::make_unique<Recording>();
        decltype(recording->graph.pool()) pool{0, 0}; // a new one
        if (m_neighbour && m_neighbour->m_recording)
            pool = m_neighbour->m_recording->graph.pool();
        // Other threads, which may copy and allocate meanwhile, do not disturb.
        recording->graph.capture_begin(pool, cudaStreamCaptureModeThreadLocal);
        try {
            m_results = m_work();
        } catch (...) {
            try {
                recording->graph.capture_end(); // or the stream would go on recording
            } catch (const std::exception &) {  // the first failure is the one to tell
            }
            m_results.clear();
            throw;
        }
        try {
            recording->graph.capture_end();
        } catch (...) {
            m_results.clear(); // their memory is the recording's
            throw;
        }
        m_recording = std::move(recording);
    }
    m_recording->graph.replay(); // on the computing stream
    return m_results;
}

} // namespace core::cuda
