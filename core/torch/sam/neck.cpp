// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/neck.h"

#include "core/torch/packed_product.h"
#include "core/torch/sam/weights.h"
#include "core/torch/share_out.h"

namespace core::sam
{

Neck::Neck(const Weights &weights, const std::string &name)
    : m_norm1(weights, name + "1", encoderNormEpsilon), m_smooth(weights.get(name + "2.weight")),
      m_norm2(weights, name + "3", encoderNormEpsilon)
{
    m_reduce.weight = weights.get(name + "0.weight").flatten(1);
    m_reduce.pack();
    if (!m_reduce.packed)
        return;
    for (std::int64_t row = 0; row < 3; ++row)
        m_smoothRows[static_cast<std::size_t>(row)] =
            packMatrix(m_smooth.select(2, row).permute({0, 2, 1}).flatten(1));
    m_smooth.reset();
}

torch::Tensor Neck::operator()(const torch::Tensor &tokens) const
{
    if (m_reduce.packed)
        return byKernels(tokens);
    return m_norm2(applyToNeighbours(m_norm1(m_reduce(tokens)), m_smooth)).permute({0, 3, 1, 2});
}

/// Three tokens side by side are as they lie what a row of the convolution's weights is multiplied
/// by, so that nothing is gathered; a border of zeros serves those at the rim.
torch::Tensor Neck::byKernels(const torch::Tensor &tokens) const
{
    const cpu::Kernels &kernels = *cpu::kernels();
    const torch::Tensor input = tokens.contiguous();
    const std::int64_t height = tokens.size(1);
    const std::int64_t width = tokens.size(2);
    const std::int64_t channels = m_reduce.packed->columns;
    const std::int64_t stride = (width + 2) * channels;
    const torch::Tensor padded = torch::zeros({height + 2, width + 2, channels}, tokens.options());
    const torch::Tensor result = torch::empty({1, height, width, channels}, tokens.options());
    const auto normalize = [&](float *row, const LayerNorm &norm) {
        kernels.normalize(row, width, channels, norm.weight.data_ptr<float>(),
                          norm.bias.data_ptr<float>(), static_cast<float>(norm.epsilon));
    };
    const float *from = input.data_ptr<float>();
    float *reduced = padded.data_ptr<float>();
    float *to = result.data_ptr<float>();
    const auto rows = static_cast<std::size_t>(height);
    shareOut(rows, [&](std::size_t i) {
        const auto y = static_cast<std::int64_t>(i);
        float *row = reduced + (y + 1) * stride + channels;
        multiplyRows(from + y * width * m_reduce.packed->depth, width, {*m_reduce.packed, {}},
                     {.c = row});
        normalize(row, m_norm1);
    });
    shareOut(rows, [&](std::size_t i) {
        const auto y = static_cast<std::int64_t>(i);
        float *row = to + y * width * channels;
        for (std::int64_t k = 0; k < 3; ++k)
            multiplyRows(reduced + (y + k) * stride, width,
                         {*m_smoothRows[static_cast<std::size_t>(k)], {}},
                         {.aStride = channels, .adds = k > 0, .c = row});
        normalize(row, m_norm2);
    });
    return result.permute({0, 3, 1, 2});
}

} // namespace core::sam
