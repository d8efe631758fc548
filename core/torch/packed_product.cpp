// SPDX-License-Identifier: Apache-2.0
#include "core/torch/packed_product.h"

#include "core/torch/share_out.h"

#include <algorithm>

namespace core
{

std::shared_ptr<const cpu::PackedMatrix> packMatrix(const torch::Tensor &weight)
{
    if (!cpu::kernels() || !weight.is_cpu() || weight.scalar_type() != torch::kFloat32)
        return nullptr;
    return std::make_shared<cpu::PackedMatrix>(weight.contiguous().data_ptr<float>(),
                                               weight.size(0), weight.size(1),
                                               cpu::kernels()->panel);
}

torch::Tensor applyPacked(const torch::Tensor &x, const cpu::PackedMatrix &matrix,
                          const torch::Tensor &bias, cpu::Finish finish)
{
    constexpr std::int64_t rowsAtOnce = 128; // of a few hundred floats: what the second cache holds
    const torch::Tensor input = x.contiguous();
    auto shape = x.sizes().vec();
    const std::int64_t rows = input.numel() / matrix.depth;
    shape.back() = matrix.columns;
    torch::Tensor result = torch::empty(shape, x.options());
    const float *from = input.data_ptr<float>();
    float *to = result.data_ptr<float>();
    shareOut(static_cast<std::size_t>((rows + rowsAtOnce - 1) / rowsAtOnce), [&](std::size_t i) {
        const std::int64_t first = static_cast<std::int64_t>(i) * rowsAtOnce;
        cpu::kernels()->multiply({.a = from + first * matrix.depth,
                                  .aStride = matrix.depth,
                                  .panels = matrix.panels.get(),
                                  .panelStride = matrix.panelStride,
                                  .rows = std::min(rowsAtOnce, rows - first),
                                  .depth = matrix.depth,
                                  .columns = matrix.columns,
                                  .bias = bias.defined() ? bias.data_ptr<float>() : nullptr,
                                  .finish = finish,
                                  .c = to + first * matrix.columns,
                                  .cStride = matrix.columns});
    });
    return result;
}

} // namespace core
