// SPDX-License-Identifier: Apache-2.0
#include "core/torch/cuda/device_masks.h"

#include "core/cuda/mask_runs.h"
#include "core/mask/rle_changes.h"
#include "core/segmentation/mask_postprocessing.h"
#include "core/torch/cuda/device_memory.h"

#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <algorithm>

namespace core::cuda
{

namespace
{

/// Bits of so many masks at a time: a mask of 12 million pixels has 1.5 MB.
constexpr std::int64_t masksAtOnce = 32;
/// Runs for which there is room at first: many times those of a usual mask.
constexpr std::int64_t usualRuns = 4096;

MaskGeometry maskGeometry(Size logits, const InputGeometry &geometry)
{
    return {logits.width,
            logits.height,
            geometry.padded.width,
            geometry.padded.height,
            geometry.resized.width,
            geometry.resized.height,
            geometry.original.width,
            geometry.original.height};
}

torch::Tensor integers(torch::IntArrayRef shape, torch::Device device)
{
    return torch::empty(shape, torch::dtype(torch::kInt32).device(device));
}

std::uint32_t *unsignedData(const torch::Tensor &tensor)
{
    return reinterpret_cast<std::uint32_t *>(tensor.data_ptr<std::int32_t>());
}

} // namespace

std::vector<DeviceMask> cutOnDevice(const torch::Tensor &logits, const InputGeometry &geometry,
                                    float stabilityOffset)
{
    const torch::Device device = logits.device();
    const c10::cuda::CUDAGuard guard(device);
    const MaskGeometry shape = maskGeometry(
        {static_cast<int>(logits.size(2)), static_cast<int>(logits.size(1))}, geometry);
    const RunSizes sizes = runSizes(shape);
    const Cuts cuts{maskThreshold, maskThreshold - stabilityOffset,
                    maskThreshold + stabilityOffset};
    const cudaStream_t stream = c10::cuda::getCurrentCUDAStream().stream();
    std::vector<DeviceMask> masks;
    for (std::int64_t begin = 0; begin < logits.size(0); begin += masksAtOnce) {
        const std::int64_t count = std::min(masksAtOnce, logits.size(0) - begin);
        const torch::Tensor values = logits.narrow(0, begin, count).contiguous();
        const torch::Tensor words =
            integers({count, static_cast<std::int64_t>(sizes.words)}, device);
        const torch::Tensor chunks =
            integers({count, static_cast<std::int64_t>(sizes.chunks)}, device);
        const torch::Tensor counts = integers({count, 3}, device); // MaskCounts
        torch::Tensor changes = integers({count, usualRuns}, device);
        RunBuffers buffers{unsignedData(words), unsignedData(chunks),
                           reinterpret_cast<MaskCounts *>(counts.data_ptr()), unsignedData(changes),
                           usualRuns};
        findRuns(values.data_ptr<float>(), static_cast<int>(count), shape, cuts, buffers, stream);
        std::vector<torch::Tensor> answer = toHost({counts, changes});
        const auto *found = reinterpret_cast<const MaskCounts *>(answer[0].data_ptr());
        const std::uint32_t most =
            std::max_element(found, found + count, [](const auto &a, const auto &b) {
                return a.changes < b.changes;
            })->changes;
        if (most > buffers.capacity) {
            changes = integers({count, static_cast<std::int64_t>(most)}, device);
            buffers.changes = unsignedData(changes);
            buffers.capacity = most;
            writeChanges(static_cast<int>(count), shape, buffers, stream);
            answer[1] = toHost(changes);
        }
        for (std::int64_t i = 0; i < count; ++i) {
            const MaskCounts &mask = found[i];
            const std::span changed(unsignedData(answer[1]) + i * buffers.capacity, mask.changes);
            masks.push_back({rleFromChanges(changed, geometry.original),
                             mask.outer == 0 ? 0.0f
                                             : static_cast<float>(mask.inner) /
                                                   static_cast<float>(mask.outer)});
        }
    }
    return masks;
}

} // namespace core::cuda
