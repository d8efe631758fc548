// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/cpu_attention.h"

#include "core/cpu/elements.h"
#include "core/torch/packed_product.h"
#include "core/torch/share_out.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace core::sam
{

using cpu::elementsOf;

namespace
{

/// Keys as rows of a product's B, `row(i)` being those of token i.
template <typename Element, typename Row>
void packKeys(std::int64_t tokens, std::int64_t channels, const Row &row, Element *panels)
{
    const std::int64_t panel = cpu::kernels()->panel;
    const std::int64_t depth = elementsOf<Element>(channels);
    cpu::AlignedArray<Element> block(panel * depth);
    for (std::int64_t first = 0; first < tokens; first += panel, panels += panel * depth) {
        const std::int64_t count = std::min(panel, tokens - first);
        for (std::int64_t i = 0; i < count; ++i)
            cpu::takeRow(row(first + i), channels, block.get() + i * depth);
        cpu::packRows(block.get(), depth, count, depth, panel, panels);
    }
}

/// Values as columns of it.
template <typename Element, typename Row>
void packValues(std::int64_t tokens, std::int64_t channels, const Row &row, Element *panels)
{
    const std::int64_t panel = cpu::kernels()->panel;
    const std::int64_t depth = elementsOf<Element>(tokens);
    for (std::int64_t k = 0; k < depth; ++k) {
        const std::int64_t token = k * cpu::numbersIn<Element>;
        const float *first = row(token);
        const float *second = token + 1 < tokens ? row(token + 1) : nullptr;
        for (std::int64_t channel = 0; channel < channels; channel += panel) {
            const std::int64_t width = std::min(panel, channels - channel);
            Element *to = panels + channel * depth + k * panel;
            cpu::takeColumns(first + channel, second ? second + channel : nullptr, width, to);
            std::fill(to + width, to + panel, Element{});
        }
    }
}

} // namespace

/// A rectangle of tokens of the grid, and where its corner lies within its window.
struct CpuAttention::Place {
    std::int64_t row, column, height, width;
    std::int64_t rowInWindow = 0;
};

bool CpuAttention::canServe(const torch::Tensor &weights, cpu::Factors factors)
{
    const cpu::Kernels *kernels = cpu::kernels();
    return kernels && (factors == cpu::Factors::Float32 || kernels->bf16) && weights.is_cpu() &&
           weights.scalar_type() == torch::kFloat32;
}

CpuAttention::CpuAttention(const Sizes &sizes, const torch::Tensor &rowTable,
                           const torch::Tensor &columnTable, const torch::Tensor &qkvBias,
                           cpu::Factors factors)
    : m_sizes(sizes), m_bias(qkvBias.defined() ? qkvBias : torch::zeros({3 * channels()})),
      m_factors(factors)
{
    if (!rowTable.defined() || !columnTable.defined())
        return;
    const torch::Tensor tables = at::cat({rowTable.flip(0), columnTable.flip(0)});
    if (factors == cpu::Factors::Bf16)
        m_positionPairs = packPairs(tables);
    else
        m_positions = packMatrix(tables);
}

template <>
const cpu::PackedMatrix *CpuAttention::positions<float>() const
{
    return m_positions.get();
}

template <>
const cpu::PackedPairs *CpuAttention::positions<cpu::Bf16Pair>() const
{
    return m_positionPairs.get();
}

torch::Tensor CpuAttention::operator()(const torch::Tensor &qkv) const
{
    const auto &[grid, side, heads, headDim] = m_sizes;
    const torch::Tensor input = qkv.contiguous();
    torch::Tensor result = torch::empty({grid * grid, channels()}, qkv.options());
    const float *from = input.data_ptr<float>();
    float *to = result.data_ptr<float>();
    if (m_factors == cpu::Factors::Bf16)
        side < grid ? attendInWindows<cpu::Bf16Pair>(from, to)
                    : attendEverywhere<cpu::Bf16Pair>(from, to);
    else
        side < grid ? attendInWindows<float>(from, to) : attendEverywhere<float>(from, to);
    return result;
}

template <typename Element>
void CpuAttention::attendEverywhere(const float *qkv, float *out) const
{
    const std::int64_t grid = m_sizes.grid;
    const std::int64_t headDim = m_sizes.headDim;
    const std::int64_t tokens = grid * grid;
    const std::int64_t panel = cpu::kernels()->panel;
    const std::int64_t keySize = cpu::packedSize(tokens, elementsOf<Element>(headDim), panel);
    const std::int64_t valueSize = cpu::packedSize(headDim, elementsOf<Element>(tokens), panel);
    cpu::AlignedArray<Element> keys(m_sizes.heads * keySize);
    cpu::AlignedArray<Element> values(m_sizes.heads * valueSize);
    shareOut(static_cast<std::size_t>(m_sizes.heads), [&](std::size_t i) {
        const auto head = static_cast<std::int64_t>(i);
        const float *first = qkv + channels() + head * headDim;
        const auto key = [&](std::int64_t token) { return first + token * 3 * channels(); };
        const auto value = [&](std::int64_t token) { return key(token) + channels(); };
        packKeys(tokens, headDim, key, keys.get() + head * keySize);
        packValues(tokens, headDim, value, values.get() + head * valueSize);
    });
    shareOut(static_cast<std::size_t>(m_sizes.heads * grid), [&](std::size_t i) {
        const auto head = static_cast<std::int64_t>(i) / grid;
        const auto row = static_cast<std::int64_t>(i) % grid;
        attend<Element>(qkv, {row, 0, 1, grid, row}, head, keys.get() + head * keySize,
                        values.get() + head * valueSize, out);
    });
}

template <typename Element>
void CpuAttention::attendInWindows(const float *qkv, float *out) const
{
    const Sizes &s = m_sizes;
    const std::int64_t across = (s.grid + s.side - 1) / s.side;
    const std::int64_t tokens = s.side * s.side;
    const std::int64_t panel = cpu::kernels()->panel;
    const float *bias = m_bias.data_ptr<float>();
    shareOut(static_cast<std::size_t>(across * across * s.heads), [&](std::size_t i) {
        const auto task = static_cast<std::int64_t>(i);
        const std::int64_t window = task / s.heads;
        const std::int64_t head = task % s.heads;
        const std::int64_t row = window / across * s.side;
        const std::int64_t column = window % across * s.side;
        const Place place{row, column, std::min(s.side, s.grid - row),
                          std::min(s.side, s.grid - column)};
        const auto key = [&](std::int64_t token) {
            const std::int64_t y = token / s.side;
            const std::int64_t x = token % s.side;
            const bool isPadding = y >= place.height || x >= place.width;
            const float *qkvOf =
                isPadding ? bias : qkv + ((row + y) * s.grid + column + x) * 3 * channels();
            return qkvOf + channels() + head * s.headDim;
        };
        const auto value = [&](std::int64_t token) { return key(token) + channels(); };
        cpu::AlignedArray<Element> keys(
            cpu::packedSize(tokens, elementsOf<Element>(s.headDim), panel));
        cpu::AlignedArray<Element> values(
            cpu::packedSize(s.headDim, elementsOf<Element>(tokens), panel));
        packKeys(tokens, s.headDim, key, keys.get());
        packValues(tokens, s.headDim, value, values.get());
        attend<Element>(qkv, place, head, keys.get(), values.get(), out);
    });
}

template <typename Element>
void CpuAttention::attend(const float *qkv, const Place &place, std::int64_t head,
                          const Element *keyPanels, const Element *valuePanels, float *out) const
{
    const auto &[grid, side, heads, headDim] = m_sizes;
    const std::int64_t depth = elementsOf<Element>(headDim);
    const std::int64_t count = place.height * place.width;
    const auto token = [&](std::int64_t i) {
        return (place.row + i / place.width) * grid + place.column + i % place.width;
    };
    const auto query = [&](std::int64_t i) {
        return qkv + token(i) * 3 * channels() + head * headDim;
    };
    cpu::AlignedArray<Element> queries(count * depth);
    const cpu::PackedMatrixOf<Element> *const positions = this->positions<Element>();
    const std::int64_t distances = positions ? positions->columns : 0;
    cpu::AlignedFloats parts(count * distances);
    std::vector<const float *> rowParts;
    std::vector<const float *> columnParts;
    if (positions) {
        for (std::int64_t i = 0; i < count; ++i)
            cpu::takeRow(query(i), headDim, queries.get() + i * depth);
        cpu::multiply(cpu::ProductOf<Element>{.a = queries.get(),
                                              .aStride = depth,
                                              .panels = positions->panels.get(),
                                              .panelStride = positions->panelStride,
                                              .rows = count,
                                              .depth = depth,
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
    std::vector<float> scaled(static_cast<std::size_t>(headDim));
    for (std::int64_t i = 0; i < count; ++i) {
        std::transform(query(i), query(i) + headDim, scaled.begin(),
                       [scale](float value) { return value * scale; });
        cpu::takeRow(scaled.data(), headDim, queries.get() + i * depth);
    }

    const std::int64_t tokens = side * side;
    cpu::AlignedFloats scratch(cpu::attentionScratch(count, tokens, side, cpu::kernels()->panel));
    cpu::AlignedFloats attended(count * headDim);
    cpu::attend(cpu::AttentionOf<Element>{.queries = queries.get(),
                                          .queryStride = depth,
                                          .queryCount = count,
                                          .channels = headDim,
                                          .keyPanels = keyPanels,
                                          .valuePanels = valuePanels,
                                          .keyCount = tokens,
                                          .side = side,
                                          .rowParts = positions ? rowParts.data() : nullptr,
                                          .columnParts = positions ? columnParts.data() : nullptr,
                                          .scratch = scratch.get(),
                                          .out = attended.get(),
                                          .outStride = headDim});
    for (std::int64_t i = 0; i < count; ++i)
        std::copy_n(attended.get() + i * headDim, headDim,
                    out + token(i) * channels() + head * headDim);
}

} // namespace core::sam
