// SPDX-License-Identifier: Apache-2.0
#include "core/torch/convolution/gathered.h"

#include "core/torch/convolution/division.h"
#include "core/torch/convolution/map_steps.h"
#include "core/torch/packed_product.h"

#include <algorithm>

namespace core
{

GatheredConvolution::GatheredConvolution(const torch::Tensor &weight, const torch::Tensor &bias,
                                         std::int64_t stride)
    : m_in(weight.size(1)), m_stride(stride), m_bias(bias.detach().clone()),
      m_weights(packMatrix(weight.permute({0, 2, 3, 1}).flatten(1)))
{
}

/// The three pixels that a row of weights meets lie side by side.
void GatheredConvolution::gather(const MapView &in, std::int64_t y, std::int64_t width,
                                 float *rows) const
{
    for (std::int64_t x = 0; x < width; ++x) {
        const std::int64_t first = x * m_stride - 1;
        const std::int64_t begin = std::max<std::int64_t>(first, 0);
        const std::int64_t end = std::min(first + 3, in.width);
        for (std::int64_t k = -1; k < 2; ++k, rows += 3 * m_in) {
            const bool isThere = y + k >= 0 && y + k < in.height;
            if (!isThere || end - begin < 3)
                std::fill_n(rows, 3 * m_in, 0.0f);
            if (isThere)
                std::copy_n(in.pixel(y + k, begin), (end - begin) * m_in,
                            rows + (begin - first) * m_in);
        }
    }
}

void GatheredConvolution::rows(const MapView &in, const MapView &out, std::int64_t begin,
                               std::int64_t end, cpu::Finish finish) const
{
    const std::int64_t rowSize = out.width * 9 * m_in;
    float *gathered = threadFloats((end - begin) * rowSize);
    for (std::int64_t y = begin; y < end; ++y)
        gather(in, y * m_stride, out.width, gathered + (y - begin) * rowSize);
    multiplyRows(gathered, (end - begin) * out.width, {*m_weights, m_bias},
                 {.finish = finish, .c = out.row(begin)});
}

Step GatheredConvolution::step(const MapView &in, const MapView &out, cpu::Finish finish) const
{
    return stepByRows(out, [=, this](std::int64_t begin, std::int64_t end) {
        rows(in, out, begin, end, finish);
    });
}

} // namespace core
