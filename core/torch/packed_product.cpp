// SPDX-License-Identifier: Apache-2.0
#include "core/torch/packed_product.h"

#include "core/cpu/elements.h"
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

std::shared_ptr<const cpu::PackedPairs> packPairs(const torch::Tensor &weight)
{
    if (!cpu::kernels() || !cpu::kernels()->bf16 || !weight.is_cpu() ||
        weight.scalar_type() != torch::kFloat32)
        return nullptr;
    const torch::Tensor rows = weight.contiguous();
    const std::int64_t in = rows.size(1);
    const std::int64_t depth = cpu::elementsOf<cpu::Bf16Pair>(in);
    cpu::AlignedArray<cpu::Bf16Pair> rounded(rows.size(0) * depth);
    for (std::int64_t row = 0; row < rows.size(0); ++row)
        cpu::takeRow(rows.data_ptr<float>() + row * in, in, rounded.get() + row * depth);
    return std::make_shared<cpu::PackedPairs>(rounded.get(), rows.size(0), depth,
                                              cpu::kernels()->panel);
}

namespace
{

constexpr std::int64_t rowsAtOnce = 128; ///< of a few hundred floats: what the second cache holds

template <typename Element>
void multiplyElements(const Element *a, std::int64_t rows, const PackedLayerOf<Element> &layer,
                      const PackedRows &to)
{
    cpu::multiply(cpu::ProductOf<Element>{
        .a = a,
        .aStride = to.aStride == 0 ? layer.matrix.depth : to.aStride,
        .panels = layer.matrix.panels.get(),
        .panelStride = layer.matrix.panelStride,
        .rows = rows,
        .depth = layer.matrix.depth,
        .columns = layer.matrix.columns,
        .bias = layer.bias.defined() ? layer.bias.template data_ptr<float>() : nullptr,
        .adds = to.adds,
        .finish = to.finish,
        .c = to.c,
        .cStride = layer.matrix.columns});
}

void multiply(const float *a, std::int64_t, std::int64_t rows, const PackedLayer &layer,
              cpu::Finish finish, float *c)
{
    multiplyElements(a, rows, layer, {.finish = finish, .c = c});
}

/// `in` numbers a row.
void multiply(const float *a, std::int64_t in, std::int64_t rows, const PairLayer &layer,
              cpu::Finish finish, float *c)
{
    const std::int64_t depth = layer.matrix.depth;
    cpu::AlignedArray<cpu::Bf16Pair> rounded(rows * depth);
    for (std::int64_t row = 0; row < rows; ++row)
        cpu::takeRow(a + row * in, in, rounded.get() + row * depth);
    multiplyElements<cpu::Bf16Pair>(rounded.get(), rows, layer, {.finish = finish, .c = c});
}

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
    if (rows <= 2 * rowsAtOnce) { // done before another thread is awake
        work(from, rows, to);
        return result;
    }
    shareOut(static_cast<std::size_t>((rows + rowsAtOnce - 1) / rowsAtOnce), [&](std::size_t i) {
        const std::int64_t first = static_cast<std::int64_t>(i) * rowsAtOnce;
        work(from + first * in, std::min(rowsAtOnce, rows - first), to + first * out);
    });
    return result;
}

template <typename Layer>
torch::Tensor applyLayer(const torch::Tensor &x, const Layer &layer, cpu::Finish finish)
{
    return byRows(x, layer.matrix.columns, [&](const float *from, std::int64_t rows, float *to) {
        multiply(from, x.size(-1), rows, layer, finish, to);
    });
}

template <typename Layer>
torch::Tensor applyMlp(const torch::Tensor &x, const Layer &in, const Layer &out)
{
    return byRows(x, out.matrix.columns, [&](const float *from, std::int64_t rows, float *to) {
        const std::int64_t width = in.matrix.columns;
        cpu::AlignedFloats hidden(rows * width);
        multiply(from, x.size(-1), rows, in, cpu::Finish::Gelu, hidden.get());
        multiply(hidden.get(), width, rows, out, cpu::Finish::Nothing, to);
    });
}

} // namespace

void multiplyRows(const float *a, std::int64_t rows, const PackedLayer &layer, const PackedRows &to)
{
    multiplyElements(a, rows, layer, to);
}

torch::Tensor applyPacked(const torch::Tensor &x, const PackedLayer &layer, cpu::Finish finish)
{
    return applyLayer(x, layer, finish);
}

torch::Tensor applyPacked(const torch::Tensor &x, const PairLayer &layer, cpu::Finish finish)
{
    return applyLayer(x, layer, finish);
}

torch::Tensor applyPackedMlp(const torch::Tensor &x, const PackedLayer &in, const PackedLayer &out)
{
    return applyMlp(x, in, out);
}

torch::Tensor applyPackedMlp(const torch::Tensor &x, const PairLayer &in, const PairLayer &out)
{
    return applyMlp(x, in, out);
}

} // namespace core
