// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/input_tensor.h"

#include <array>

namespace core::sam
{

namespace
{

// ImageNet's, on the 0..255 scale, red first.
constexpr std::array<float, 3> mean = {123.675f, 116.28f, 103.53f};
constexpr std::array<float, 3> deviation = {58.395f, 57.12f, 57.375f};

} // namespace

torch::Tensor inputTensor(const Image &resized, std::int64_t side)
{
    torch::Tensor input = torch::zeros({1, 3, side, side});
    for (std::size_t channel = 0; channel < 3; ++channel) {
        float *plane = input.data_ptr<float>() + static_cast<std::int64_t>(channel) * side * side;
        for (int y = 0; y < resized.size.height; ++y) {
            const std::uint8_t *pixel = resized.row(y) + channel;
            float *out = plane + y * side;
            for (int x = 0; x < resized.size.width; ++x, pixel += 3)
                out[x] = (static_cast<float>(*pixel) - mean[channel]) / deviation[channel];
        }
    }
    return input;
}

} // namespace core::sam
