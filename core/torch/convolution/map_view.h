// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <cstdint>

namespace core
{

/// A map as the processor's kernels take it: rows of pixels, of each its channels side by side.
struct MapView {
    float *floats;
    std::int64_t height, width, channels;

    std::int64_t rowSize() const { return width * channels; }
    std::int64_t pixelCount() const { return height * width; }
    float *row(std::int64_t y) const { return floats + y * rowSize(); }
    float *pixel(std::int64_t y, std::int64_t x) const { return row(y) + x * channels; }
    bool contains(std::int64_t y, std::int64_t x) const
    {
        return y >= 0 && y < height && x >= 0 && x < width;
    }

    /// Of a float tensor (1, C, H, W) in channels-last memory.
    static MapView of(const torch::Tensor &map)
    {
        return {map.data_ptr<float>(), map.size(2), map.size(3), map.size(1)};
    }
};

/// (1, C, H, W) in channels-last memory, not initialised.
inline torch::Tensor emptyMap(std::int64_t height, std::int64_t width, std::int64_t channels)
{
    return torch::empty({1, height, width, channels}).permute({0, 3, 1, 2});
}

} // namespace core
