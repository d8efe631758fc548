// SPDX-License-Identifier: Apache-2.0
#include "core/torch/tinyvit/patch_embedding.h"

#include "core/torch/packed_product.h"
#include "core/torch/share_out.h"

#include <algorithm>

namespace core::tinyvit
{

namespace
{

/// [1, C, H, W] -> [1, out, H / 2, W / 2]
torch::Tensor halve(const torch::Tensor &x, const FoldedConvolution &convolution)
{
    const auto &[weight, bias] = convolution;
    if (x.is_cpu())
        return at::conv2d(x, weight, bias, 2, 1);
    // As a matrix product: see applyToNeighbours() of sam/layers.h.
    const torch::Tensor gathered = at::im2col(x, {3, 3}, {1, 1}, {1, 1}, {2, 2});
    return (at::matmul(weight.flatten(1), gathered) + bias.unsqueeze(1))
        .view({x.size(0), weight.size(0), x.size(2) / 2, x.size(3) / 2});
}

} // namespace

PatchEmbedding::PatchEmbedding(const sam::Weights &weights, const std::string &name)
    : m_first(weights, name + "seq.0"), m_second(weights, name + "seq.2"),
      m_firstRows(packedRows(m_first.weight)), m_secondRows(packedRows(m_second.weight))
{
}

PatchEmbedding::Rows PatchEmbedding::packedRows(const torch::Tensor &weight)
{
    Rows rows;
    for (std::int64_t row = 0; row < 3; ++row)
        rows[static_cast<std::size_t>(row)] =
            packMatrix(weight.select(2, row).permute({0, 2, 1}).flatten(1));
    return rows;
}

torch::Tensor PatchEmbedding::operator()(const torch::Tensor &input) const
{
    if (m_firstRows[0])
        return byKernels(input);
    return halve(at::gelu(halve(input, m_first)), m_second).permute({0, 2, 3, 1}).contiguous();
}

namespace
{

/// A row of pixels with their channels side by side, behind a pixel of zeros: [1 + width,
/// channels]. Three pixels side by side are as they lie what a row of weights is multiplied by, and
/// those of the next output begin two pixels further.
struct PixelRow {
    std::int64_t number = -1;
    cpu::AlignedFloats floats;

    PixelRow(std::int64_t width, std::int64_t channels) : floats((1 + width) * channels)
    {
        std::fill_n(floats.get(), channels, 0.0f);
    }
};

/// The last three rows that were asked for.
template <typename Fill>
class LastRows
{
public:
    LastRows(std::int64_t width, std::int64_t channels, const Fill &fill)
        : m_rows{PixelRow(width, channels), PixelRow(width, channels), PixelRow(width, channels)},
          m_channels(channels), m_fill(fill)
    {
    }

    const float *operator()(std::int64_t number)
    {
        PixelRow &row = m_rows[static_cast<std::size_t>(number % 3)];
        if (row.number != number) {
            m_fill(number, row.floats.get() + m_channels);
            row.number = number;
        }
        return row.floats.get();
    }

private:
    std::array<PixelRow, 3> m_rows;
    std::int64_t m_channels;
    const Fill &m_fill;
};

} // namespace

torch::Tensor PatchEmbedding::byKernels(const torch::Tensor &input) const
{
    constexpr std::int64_t rowsAtOnce = 8;
    const torch::Tensor planes = input.contiguous();
    const std::int64_t side = input.size(2);
    const std::int64_t half = side / 2;
    const std::int64_t quarter = side / 4;
    const std::int64_t stem = m_first.bias.size(0);
    const std::int64_t channels = m_second.bias.size(0);
    const torch::Tensor result = torch::empty({1, quarter, quarter, channels}, input.options());
    const float *from = planes.data_ptr<float>();
    float *to = result.data_ptr<float>();

    /// One row of `count` outputs from the rows 2 y - 1 to 2 y + 1, the first of which may not be
    /// there.
    const auto convolve = [](auto &rows, std::int64_t y, const Rows &weights,
                             const torch::Tensor &bias, std::int64_t depth, std::int64_t count,
                             cpu::Finish finish, float *out) {
        for (std::int64_t k = y == 0 ? 1 : 0; k < 3; ++k) {
            const bool isFirst = k == (y == 0 ? 1 : 0);
            multiplyRows(rows(2 * y - 1 + k), count,
                         {*weights[static_cast<std::size_t>(k)], isFirst ? bias : torch::Tensor()},
                         {.aStride = 2 * depth,
                          .adds = !isFirst,
                          .finish = k == 2 ? finish : cpu::Finish::Nothing,
                          .c = out});
        }
    };
    shareOut(static_cast<std::size_t>((quarter + rowsAtOnce - 1) / rowsAtOnce), [&](std::size_t i) {
        const auto interleave = [&](std::int64_t y, float *row) {
            for (std::int64_t colour = 0; colour < 3; ++colour) {
                const float *pixels = from + (colour * side + y) * side;
                for (std::int64_t x = 0; x < side; ++x)
                    row[x * 3 + colour] = pixels[x];
            }
        };
        LastRows pixels(side, 3, interleave);
        const auto firstConvolution = [&](std::int64_t y, float *row) {
            convolve(pixels, y, m_firstRows, m_first.bias, 3, half, cpu::Finish::Gelu, row);
        };
        LastRows halved(half, stem, firstConvolution);
        const std::int64_t begin = static_cast<std::int64_t>(i) * rowsAtOnce;
        for (std::int64_t y = begin; y < std::min(begin + rowsAtOnce, quarter); ++y)
            convolve(halved, y, m_secondRows, m_second.bias, stem, quarter, cpu::Finish::Nothing,
                     to + y * quarter * channels);
    });
    return result;
}

} // namespace core::tinyvit
