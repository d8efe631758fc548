// SPDX-License-Identifier: Apache-2.0
#include "core/torch/convolution/pixel_layer.h"

#include "core/torch/packed_product.h"

namespace core
{

PixelLayer::PixelLayer(const torch::Tensor &weight, const torch::Tensor &bias)
    : m_weights(packMatrix(weight.flatten(1))), m_bias(bias.detach().clone())
{
}

void PixelLayer::apply(const float *pixels, std::int64_t count, float *out,
                       cpu::Finish finish) const
{
    multiplyRows(pixels, count, {*m_weights, m_bias}, {.finish = finish, .c = out});
}

} // namespace core
