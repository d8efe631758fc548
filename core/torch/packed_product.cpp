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

void multiplyRows(const float *a, std::int64_t rows, const PackedLayer &layer, const PackedRows &to)
{
    cpu::kernels()->multiply({.a = a,
                              .aStride = to.aStride == 0 ? layer.matrix.depth : to.aStride,
                              .panels = layer.matrix.panels.get(),
                              .panelStride = layer.matrix.panelStride,
                              .rows = rows,
                              .depth = layer.matrix.depth,
                              .columns = layer.matrix.columns,
                              .bias = layer.bias.defined() ? layer.bias.data_ptr<float>() : nullptr,
                              .adds = to.adds,
                              .finish = to.finish,
                              .c = to.c,
                              .cStride = layer.matrix.columns});
}

namespace
{

constexpr std::int64_t rowsAtOnce = 128; ///< of a few hundred floats: what the second cache holds

/// [..., in] -> [..., out] by work(rows of x, how many, rows of the result).
template <typename Work>
torch::Tensor byRows(const torch::Tensor &x, std::int64_t out, const Work &work)
{
    const torch::Tensor input = x.contiguous();
    auto shape = x.sizes().vec();
    const std::int64_t in = shape.back();
    const std::int64_t rows = input.numel() / in;
    shape.back() = out;
    torch::Tensor result = torch::empty(shape, x.options());
    const float *from = input.data_ptr<float>();
    float *to = result.data_ptr<float>();
    shareOut(static_cast<std::size_t>((rows + rowsAtOnce - 1) / rowsAtOnce), [&](std::size_t i) {
        const std::int64_t first = static_cast<std::int64_t>(i) * rowsAtOnce;
        work(from + first * in, std::min(rowsAtOnce, rows - first), to + first * out);
    });
    return result;
}

} // namespace

torch::Tensor applyPacked(const torch::Tensor &x, const PackedLayer &layer, cpu::Finish finish)
{
    return byRows(x, layer.matrix.columns, [&](const float *from, std::int64_t rows, float *to) {
        multiplyRows(from, rows, layer, {.finish = finish, .c = to});
    });
}

torch::Tensor applyPackedMlp(const torch::Tensor &x, const PackedLayer &in, const PackedLayer &out)
{
    return byRows(x, out.matrix.columns, [&](const float *from, std::int64_t rows, float *to) {
        cpu::AlignedFloats hidden(rows * in.matrix.columns);
        multiplyRows(from, rows, in, {.finish = cpu::Finish::Gelu, .c = hidden.get()});
        multiplyRows(hidden.get(), rows, out, {.c = to});
    });
}

} // namespace core
