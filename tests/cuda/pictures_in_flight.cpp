// SPDX-License-Identifier: Apache-2.0
#include "tests/cuda/checks.h"

#include "core/torch/cuda/device_memory.h"
#include "core/torch/sam/sam_segmenter.h"
#include "core/torch/sam/sam_tensors.h"
#include "tests/cuda/test_picture.h"

#include <atomic>
#include <chrono>
#include <cstring>
#include <thread>

namespace
{

using Embeddings = std::vector<std::vector<std::byte>>;

/// What the pictures' embeddings save, and the wall time for each, in milliseconds.
double encodeAll(core::Segmenter &segmenter, const std::vector<core::Image> &pictures,
                 std::size_t threads, Embeddings *saved)
{
    std::vector<std::shared_ptr<const core::ImageEmbedding>> all(pictures.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i; (i = next++) < pictures.size();)
            all[i] = segmenter.encode(pictures[i].view(), {}, {});
    };
    const auto begin = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < threads; ++i)
            others.emplace_back(work);
        work();
    }
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (saved)
        for (const auto &embedding : all)
            saved->push_back(embedding->save());
    return seconds * 1e3 / double(pictures.size());
}

/// No two alike.
std::vector<core::Image> makePictures(core::Size size, int count)
{
    std::vector<core::Image> pictures;
    for (int i = 0; i < count; ++i) {
        core::Image &picture = pictures.emplace_back(testPicture(size));
        for (int y = 0; y < size.height / 3; ++y)
            std::memset(picture.row(y), 7 * i, std::size_t(size.width));
    }
    return pictures;
}

} // namespace

void checkPicturesInFlight(CheckReport &report, const std::string &model, torch::Device device)
{
    const c10::InferenceMode inference;
    core::Runtime runtime;
    runtime.device = device;
    runtime.precision = device.is_cpu() ? torch::kFloat32 : torch::kFloat16;
    core::sam::SamSegmenter segmenter(
        core::sam::randomSamTensors(core::sam::officialSamConfig(model)), "random", runtime);
    report.section(model + ", pictures in flight, wall time of each");
    for (const core::Size size : {core::Size{1800, 1200}, core::Size{4000, 3000}}) {
        const std::string name = std::to_string(size.width) + " x " + std::to_string(size.height);
        const auto pictures = makePictures(size, device.is_cpu() ? 3 : 16);
        Embeddings alone, together;
        encodeAll(segmenter, pictures, 1, &alone);
        encodeAll(segmenter, pictures, 2, &together);
        std::size_t different = 0;
        for (std::size_t i = 0; i < alone.size(); ++i)
            different += alone[i] != together[i] || (i > 0 && alone[i] == alone[i - 1]);
        report.atMost(name + ": embeddings that differ by a bit", double(different), 0);
        core::cuda::forgetPeak(device);
        report.measured(name + ", one after the other", encodeAll(segmenter, pictures, 1, nullptr),
                        "ms");
        report.measured(name + ", one after the other, most memory",
                        double(core::cuda::peakBytes(device)) * 1e-6, "MB");
        report.measured(name + ", two in flight", encodeAll(segmenter, pictures, 2, nullptr), "ms");
        report.measured(name + ", two in flight, most memory",
                        double(core::cuda::peakBytes(device)) * 1e-6, "MB");
    }
}
