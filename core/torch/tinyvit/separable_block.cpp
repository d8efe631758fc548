// SPDX-License-Identifier: Apache-2.0
#include "core/torch/tinyvit/separable_block.h"

#include "core/torch/packed_product.h"
#include "core/torch/share_out.h"

#include <algorithm>

namespace core::tinyvit
{

namespace
{

/// A 1x1 convolution is a linear layer of each pixel.
sam::Linear linear(const sam::Weights &weights, const std::string &name)
{
    const FoldedConvolution convolution(weights, name);
    sam::Linear layer;
    layer.weight = convolution.weight.flatten(1);
    layer.bias = convolution.bias;
    layer.pack();
    return layer;
}

} // namespace

/// A rectangle of the result, and the sizes of the whole input.
struct SeparableBlock::Tile {
    std::int64_t row, column, height, width;
    std::int64_t inputHeight, inputWidth;
    std::int64_t rowLength; ///< of the whole result, pixels
};

SeparableBlock::SeparableBlock(const sam::Weights &weights, const std::string &name, Kind kind,
                               std::int64_t stride)
    : m_kind(kind), m_stride(stride), m_expand(linear(weights, name + "conv1")),
      m_depthwise(weights, name + "conv2"), m_project(linear(weights, name + "conv3"))
{
}

torch::Tensor SeparableBlock::forward(const torch::Tensor &x) const
{
    return m_expand.packed ? byKernels(x) : byLibTorch(x);
}

torch::Tensor SeparableBlock::byLibTorch(const torch::Tensor &x) const
{
    const torch::Tensor mixed = m_depthwise(at::gelu(m_expand(x)), m_stride);
    torch::Tensor result = m_project(at::gelu(mixed));
    return m_kind == Kind::Residual ? at::gelu(x + result) : result;
}

torch::Tensor SeparableBlock::byKernels(const torch::Tensor &x) const
{
    // Three rows of what lies between, 256 channels as published, stay in the second cache.
    constexpr std::int64_t tileWidth = 64;
    constexpr std::int64_t tileHeight = 32;
    const torch::Tensor input = x.contiguous();
    const std::int64_t height = (x.size(1) + m_stride - 1) / m_stride;
    const std::int64_t width = (x.size(2) + m_stride - 1) / m_stride;
    const torch::Tensor result =
        torch::empty({1, height, width, m_project.packed->columns}, x.options());
    const std::int64_t across = (width + tileWidth - 1) / tileWidth;
    const std::int64_t down = (height + tileHeight - 1) / tileHeight;
    const float *from = input.data_ptr<float>();
    float *to = result.data_ptr<float>();
    shareOut(static_cast<std::size_t>(across * down), [&](std::size_t i) {
        const auto number = static_cast<std::int64_t>(i);
        const std::int64_t row = number / across * tileHeight;
        const std::int64_t column = number % across * tileWidth;
        compute({row, column, std::min(tileHeight, height - row),
                 std::min(tileWidth, width - column), x.size(1), x.size(2), width},
                from, to);
    });
    return result;
}

/// Row by row, so that what lies between the convolutions never leaves the cache.
void SeparableBlock::compute(const Tile &tile, const float *from, float *to) const
{
    const std::int64_t in = m_expand.packed->depth;
    const std::int64_t hidden = m_expand.packed->columns;
    const std::int64_t out = m_project.packed->columns;
    const std::int64_t left = std::max<std::int64_t>(tile.column * m_stride - 1, 0);
    const std::int64_t right =
        std::min((tile.column + tile.width - 1) * m_stride + 2, tile.inputWidth);
    const std::int64_t rowSize = (right - left) * hidden;
    cpu::AlignedFloats expanded(3 * rowSize);
    cpu::AlignedFloats mixed(tile.width * hidden);
    const auto rowOf = [&](std::int64_t y) { return expanded.get() + y % 3 * rowSize; };
    std::int64_t next = std::max<std::int64_t>(tile.row * m_stride - 1, 0); // to be expanded
    for (std::int64_t y = tile.row; y < tile.row + tile.height; ++y) {
        const std::int64_t first = y * m_stride - 1;
        for (; next < std::min(first + 3, tile.inputHeight); ++next)
            multiplyRows(from + (next * tile.inputWidth + left) * in, right - left,
                         {*m_expand.packed, m_expand.bias},
                         {.finish = cpu::Finish::Gelu, .c = rowOf(next)});
        Depthwise::Input input{{}, left, right - left};
        for (std::int64_t k = 0; k < 3; ++k)
            if (first + k >= 0 && first + k < tile.inputHeight)
                input.rows[static_cast<std::size_t>(k)] = rowOf(first + k);
        m_depthwise.row(input, tile.column, tile.width, m_stride, cpu::Finish::Gelu, mixed.get());
        float *row = to + (y * tile.rowLength + tile.column) * out;
        const bool adds = m_kind == Kind::Residual;
        if (adds)
            std::copy_n(from + (y * tile.inputWidth + tile.column) * in, tile.width * in, row);
        multiplyRows(
            mixed.get(), tile.width, {*m_project.packed, m_project.bias},
            {.adds = adds, .finish = adds ? cpu::Finish::Gelu : cpu::Finish::Nothing, .c = row});
    }
}

} // namespace core::tinyvit
