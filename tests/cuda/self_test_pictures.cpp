// SPDX-License-Identifier: Apache-2.0
#include "tests/cuda/self_test.h"

#include "core/cuda/picture_input.h"
#include "core/segmentation/resize_filter.h"
#include "core/segmentation/resize_longest_side.h"

using core::Size;
namespace cuda = core::cuda;

namespace
{

void checkPicture(Size original, int side)
{
    std::mt19937 random(5);
    core::Image image(original);
    for (std::uint8_t &byte : image.pixels)
        byte = std::uint8_t(random() >> 9);
    const core::Image resized = core::resizeLongestSide(image.view(), side);
    const core::ResizeFilter across = core::triangleFilter(original.width, resized.size.width);
    const core::ResizeFilter down = core::triangleFilter(original.height, resized.size.height);
    const DeviceArray<int> acrossFirst(across.first), acrossCount(across.count);
    const DeviceArray<int> downFirst(down.first), downCount(down.count);
    const DeviceArray<std::int32_t> acrossWeights(across.weights), downWeights(down.weights);
    const DeviceArray<std::uint8_t> pixels(image.pixels);
    const DeviceArray<std::uint8_t> narrowed(std::size_t(original.height) *
                                             std::size_t(resized.size.width) * 3);
    const auto area = std::size_t(side) * std::size_t(side);
    const DeviceArray<float> out(area * 3);
    constexpr int bits = core::ResizeFilter::precisionBits;
    const cuda::PictureInput picture{
        pixels.data(),
        original.width,
        original.height,
        {acrossFirst.data(), acrossCount.data(), acrossWeights.data(), across.perOutput, bits},
        {downFirst.data(), downCount.data(), downWeights.data(), down.perOutput, bits},
        resized.size.width,
        resized.size.height,
        narrowed.data(),
        side,
        {123.675f, 116.28f, 103.53f},
        {58.395f, 57.12f, 57.375f}};
    cuda::makeInput(picture, cuda::Element::Float32, out.data(), nullptr);
    const std::vector<float> made = out.read();
    bool same = true;
    for (int channel = 0; channel < 3; ++channel) {
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x) {
                const bool inside = x < resized.size.width && y < resized.size.height;
                const float expected =
                    inside ? (float(resized.row(y)[x * 3 + channel]) - picture.mean[channel]) /
                                 picture.deviation[channel]
                           : 0.0f;
                same =
                    same && made[std::size_t(channel) * area + std::size_t(y) * std::size_t(side) +
                                 std::size_t(x)] == expected;
            }
        }
    }
    report(same, "picture " + std::to_string(original.width) + " x " +
                     std::to_string(original.height) + " to " + std::to_string(side));
}

} // namespace

void checkPictures()
{
    for (const Size size :
         {Size{1800, 1200}, Size{640, 1000}, Size{1024, 1024}, Size{3, 2}, Size{2500, 1}})
        checkPicture(size, 1024);
}
