// SPDX-License-Identifier: Apache-2.0
#include "core/torch/tinyvit/depthwise.h"

namespace core::tinyvit
{

Depthwise::Depthwise(const sam::Weights &weights, const std::string &name)
    : m_convolution(weights, name), m_taps(m_convolution.weight.flatten(1).t().contiguous())
{
}

torch::Tensor Depthwise::operator()(const torch::Tensor &x, std::int64_t stride) const
{
    const auto &[weight, bias] = m_convolution;
    const torch::Tensor planes = x.permute({0, 3, 1, 2});
    if (x.is_cpu())
        return at::conv2d(planes, weight, bias, stride, 1, 1, x.size(3))
            .permute({0, 2, 3, 1})
            .contiguous();
    // LibTorch's own kernel: cuDNN would round the factors of float32 to ten bits.
    return at::_conv_depthwise2d(planes.contiguous(), weight, {3, 3}, bias, {stride, stride},
                                 {1, 1}, {1, 1})
        .permute({0, 2, 3, 1})
        .contiguous();
}

void Depthwise::row(const Input &input, std::int64_t first, std::int64_t count, std::int64_t stride,
                    cpu::Finish finish, float *out) const
{
    cpu::kernels()->depthwise({.rows = {input.rows[0], input.rows[1], input.rows[2]},
                               .width = input.width,
                               .firstColumn = first * stride - 1 - input.first,
                               .stride = stride,
                               .channels = m_taps.size(1),
                               .weights = m_taps.data_ptr<float>(),
                               .bias = m_convolution.bias.data_ptr<float>(),
                               .finish = finish,
                               .out = out,
                               .count = count});
}

} // namespace core::tinyvit
