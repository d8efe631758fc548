// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/input_tensor.h"

namespace core::sam
{

torch::Tensor inputTensor(const Image &resized, std::int64_t side)
{
    torch::Tensor input = torch::zeros({1, 3, side, side});
    for (std::size_t channel = 0; channel < 3; ++channel) {
        float *plane = input.data_ptr<float>() + static_cast<std::int64_t>(channel) * side * side;
        for (int y = 0; y < resized.size.height; ++y) {
            const std::uint8_t *pixel = resized.row(y) + channel;
            float *out = plane + y * side;
            for (int x = 0; x < resized.size.width; ++x, pixel += 3)
                out[x] =
                    (static_cast<float>(*pixel) - pixelMean[channel]) / pixelDeviation[channel];
        }
    }
    return input;
}

} // namespace core::sam
