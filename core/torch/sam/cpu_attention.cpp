// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/cpu_attention.h"

#include "core/cpu/kernels.h"
#include "core/torch/packed_product.h"
#include "core/torch/share_out.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace core::sam
{

/// A rectangle of tokens of the grid, and where its corner lies within its window.
struct CpuAttention::Place {
    std::int64_t row, column, height, width;
    std::int64_t rowInWindow = 0;
};

bool CpuAttention::canServe(const torch::Tensor &weights)
{
    return cpu::kernels() && weights.is_cpu() && weights.scalar_type() == torch::kFloat32;
}

CpuAttention::CpuAttention(const Sizes &sizes, const torch::Tensor &rowTable,
                           const torch::Tensor &columnTable, const torch::Tensor &qkvBias)
    : m_sizes(sizes), m_bias(qkvBias.defined() ? qkvBias : torch::zeros({3 * channels()}))
{
    if (rowTable.defined() && columnTable.defined())
        m_positions = packMatrix(at::cat({rowTable.flip(0), columnTable.flip(0)}));
}

torch::Tensor CpuAttention::operator()(const torch::Tensor &qkv) const
{
    const auto &[grid, side, heads, headDim] = m_sizes;
    const torch::Tensor input = qkv.contiguous();
    torch::Tensor result = torch::empty({grid * grid, channels()}, qkv.options());
    const float *from = input.data_ptr<float>();
    float *to = result.data_ptr<float>();
    if (side < grid) {
        const std::int64_t across = (grid + side - 1) / side;
        shareOut(static_cast<std::size_t>(across * across * heads), [&](std::size_t i) {
            const auto task = static_cast<std::int64_t>(i);
            attendInWindow(from, task / heads, task % heads, to);
        });
        return result;
    }
    const std::int64_t tokens = grid * grid;
    const std::int64_t panel = cpu::kernels()->panel;
    const std::int64_t keySize = cpu::packedSize(tokens, headDim, panel);
    const std::int64_t valueSize = cpu::packedSize(headDim, tokens, panel);
    cpu::AlignedFloats keys(heads * keySize);
    cpu::AlignedFloats values(heads * valueSize);
    shareOut(static_cast<std::size_t>(heads), [&](std::size_t i) {
        const auto head = static_cast<std::int64_t>(i);
        const float *first = from + channels() + head * headDim;
        cpu::packRows(first, 3 * channels(), tokens, headDim, panel, keys.get() + head * keySize);
        cpu::packColumns(first + channels(), 3 * channels(), headDim, tokens, panel,
                         values.get() + head * valueSize);
    });
    shareOut(static_cast<std::size_t>(heads * grid), [&](std::size_t i) {
        const auto head = static_cast<std::int64_t>(i) / grid;
        const auto row = static_cast<std::int64_t>(i) % grid;
        attend(from, {row, 0, 1, grid, row}, head, keys.get() + head * keySize,
               values.get() + head * valueSize, to);
    });
    return result;
}

void CpuAttention::attendInWindow(const float *qkv, std::int64_t window, std::int64_t head,
                                  float *out) const
{
    const auto &[grid, side, heads, headDim] = m_sizes;
    const std::int64_t across = (grid + side - 1) / side;
    const std::int64_t row = window / across * side;
    const std::int64_t column = window % across * side;
    const Place place{row, column, std::min(side, grid - row), std::min(side, grid - column)};
    const std::int64_t tokens = side * side;
    const std::int64_t panel = cpu::kernels()->panel;
    cpu::AlignedFloats keys(tokens * headDim);
    cpu::AlignedFloats values(tokens * headDim);
    const float *bias = m_bias.data_ptr<float>();
    for (std::int64_t y = 0; y < side; ++y) {
        for (std::int64_t x = 0; x < side; ++x) {
            const bool isPadding = y >= place.height || x >= place.width;
            const float *token =
                isPadding ? bias : qkv + ((row + y) * grid + column + x) * 3 * channels();
            token += channels() + head * headDim;
            std::copy_n(token, headDim, keys.get() + (y * side + x) * headDim);
            std::copy_n(token + channels(), headDim, values.get() + (y * side + x) * headDim);
        }
    }
    cpu::AlignedFloats keyPanels(cpu::packedSize(tokens, headDim, panel));
    cpu::AlignedFloats valuePanels(cpu::packedSize(headDim, tokens, panel));
    cpu::packRows(keys.get(), headDim, tokens, headDim, panel, keyPanels.get());
    cpu::packColumns(values.get(), headDim, headDim, tokens, panel, valuePanels.get());
    attend(qkv, place, head, keyPanels.get(), valuePanels.get(), out);
}

void CpuAttention::attend(const float *qkv, const Place &place, std::int64_t head,
                          const float *keyPanels, const float *valuePanels, float *out) const
{
    const auto &[grid, side, heads, headDim] = m_sizes;
    const cpu::Kernels &kernels = *cpu::kernels();
    const std::int64_t count = place.height * place.width;
    const auto token = [&](std::int64_t i) {
        return (place.row + i / place.width) * grid + place.column + i % place.width;
    };
    cpu::AlignedFloats queries(count * headDim);
    for (std::int64_t i = 0; i < count; ++i)
        std::copy_n(qkv + token(i) * 3 * channels() + head * headDim, headDim,
                    queries.get() + i * headDim);

    const std::int64_t distances = m_positions ? m_positions->columns : 0;
    cpu::AlignedFloats parts(count * distances);
    std::vector<const float *> rowParts;
    std::vector<const float *> columnParts;
    if (m_positions) {
        kernels.multiply({.a = queries.get(),
                          .aStride = headDim,
                          .panels = m_positions->panels.get(),
                          .panelStride = m_positions->panelStride,
                          .rows = count,
                          .depth = headDim,
                          .columns = distances,
                          .c = parts.get(),
                          .cStride = distances});
        for (std::int64_t i = 0; i < count; ++i) {
            const float *own = parts.get() + i * distances + side - 1;
            rowParts.push_back(own - place.rowInWindow - i / place.width);
            columnParts.push_back(own + distances / 2 - i % place.width);
        }
    }
    const float scale = 1.0f / std::sqrt(static_cast<float>(headDim));
    for (std::int64_t i = 0; i < count * headDim; ++i)
        queries.get()[i] *= scale;

    const std::int64_t tokens = side * side;
    cpu::AlignedFloats scratch(cpu::attentionScratch(count, tokens, side, kernels.panel));
    cpu::AlignedFloats attended(count * headDim);
    kernels.attend({.queries = queries.get(),
                    .queryStride = headDim,
                    .queryCount = count,
                    .channels = headDim,
                    .keyPanels = keyPanels,
                    .valuePanels = valuePanels,
                    .keyCount = tokens,
                    .side = side,
                    .rowParts = m_positions ? rowParts.data() : nullptr,
                    .columnParts = m_positions ? columnParts.data() : nullptr,
                    .scratch = scratch.get(),
                    .out = attended.get(),
                    .outStride = headDim});
    for (std::int64_t i = 0; i < count; ++i)
        std::copy_n(attended.get() + i * headDim, headDim,
                    out + token(i) * channels() + head * headDim);
}

} // namespace core::sam
