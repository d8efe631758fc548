// SPDX-License-Identifier: Apache-2.0
#include "tests/cuda/self_test.h"

#include "core/cuda/mask_runs.h"
#include "core/mask/rle_changes.h"
#include "core/segmentation/mask_postprocessing.h"

#include <cmath>

using core::InputGeometry;
using core::Size;
namespace cuda = core::cuda;

namespace
{

std::vector<float> logitsOf(Size size, int kind, std::mt19937 &random)
{
    std::normal_distribution<float> noise(0, 4);
    const float x = float(random() % unsigned(size.width));
    const float y = float(random() % unsigned(size.height));
    std::vector<float> values;
    for (int row = 0; row < size.height; ++row) {
        for (int column = 0; column < size.width; ++column) {
            const float disc =
                float(size.width) / 4 - std::hypot(float(column) - x, float(row) - y);
            const float choices[] = {noise(random), disc, -5.0f, 5.0f,
                                     float(int(random() % 3)) - 1};
            values.push_back(choices[kind % 5]);
        }
    }
    return values;
}

/// Masks of one picture at once, through the kernels and through the CPU's code.
void checkCase(Size logits, const InputGeometry &geometry, int masks, std::uint32_t capacity,
               const std::string &what)
{
    std::mt19937 random(11);
    std::vector<float> values;
    for (int mask = 0; mask < masks; ++mask) {
        const auto one = logitsOf(logits, mask, random);
        values.insert(values.end(), one.begin(), one.end());
    }
    const cuda::MaskGeometry shape{logits.width,
                                   logits.height,
                                   geometry.padded.width,
                                   geometry.padded.height,
                                   geometry.resized.width,
                                   geometry.resized.height,
                                   geometry.original.width,
                                   geometry.original.height};
    const cuda::RunSizes sizes = cuda::runSizes(shape);
    const auto count = std::size_t(masks);
    const DeviceArray<float> device(values);
    const DeviceArray<std::uint32_t> words(count * sizes.words), chunks(count * sizes.chunks);
    const DeviceArray<cuda::MaskCounts> counts(count);
    const DeviceArray<std::uint32_t> few(count * capacity);
    cuda::RunBuffers buffers{words.data(), chunks.data(), counts.data(), few.data(), capacity};
    cuda::findRuns(device.data(), masks, shape, {0.0f, -1.0f, 1.0f}, buffers, nullptr);
    std::vector<cuda::MaskCounts> found = counts.read();
    std::uint32_t most = 1;
    for (const cuda::MaskCounts &one : found)
        most = std::max(most, one.changes);
    const DeviceArray<std::uint32_t> all(count * most);
    buffers.changes = all.data();
    buffers.capacity = most;
    cuda::writeChanges(masks, shape, buffers, nullptr);
    const std::vector<std::uint32_t> changes = all.read();
    const std::vector<std::uint32_t> firstChanges = few.read();
    bool same = true;
    for (std::size_t mask = 0; mask < count; ++mask) {
        const std::span<const float> own = std::span(values).subspan(
            mask * std::size_t(logits.area()), std::size_t(logits.area()));
        const core::PostprocessedMask expected = core::postprocessMask(own, logits, geometry);
        const core::Rle rle = core::rleFromChanges(
            std::span(changes).subspan(mask * most, found[mask].changes), geometry.original);
        const float score =
            found[mask].outer == 0 ? 0.0f : float(found[mask].inner) / float(found[mask].outer);
        same = same && rle == core::encode(expected.mask) && score == expected.stabilityScore;
        const std::size_t kept = std::min(found[mask].changes, capacity);
        same = same && std::equal(firstChanges.begin() + std::ptrdiff_t(mask * capacity),
                                  firstChanges.begin() + std::ptrdiff_t(mask * capacity + kept),
                                  changes.begin() + std::ptrdiff_t(mask * most));
    }
    report(same, "masks, " + what);
}

} // namespace

void checkMasks()
{
    checkCase({256, 256}, {{1800, 1200}, {1024, 683}, {1024, 1024}}, 5, 4096, "1800 x 1200");
    checkCase({256, 256}, {{683, 1024}, {683, 1024}, {1024, 1024}}, 5, 16, "no second resize");
    checkCase({64, 64}, {{147, 203}, {185, 256}, {256, 256}}, 3, 7, "a small picture");
    checkCase({8, 8}, {{1, 1}, {32, 32}, {32, 32}}, 5, 1, "one pixel");
    checkCase({8, 8}, {{900, 1}, {32, 1}, {32, 32}}, 5, 1, "one row");
    checkCase({8, 8}, {{1, 900}, {1, 32}, {32, 32}}, 5, 1, "one column");
    checkCase({256, 256}, {{4000, 3000}, {1024, 768}, {1024, 1024}}, 2, 64, "4000 x 3000");
}
