// SPDX-License-Identifier: Apache-2.0
#include "core/torch/tinyvit/biased_attention.h"

#include "core/torch/packed_product.h"
#include "core/torch/sam/weights.h"
#include "core/torch/sam/window_attention.h"
#include "core/torch/share_out.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace core::tinyvit
{

namespace
{

constexpr double normEpsilon = 1e-5;     ///< TinyViT's, another than SAM's
constexpr std::int64_t slack = 16;       ///< floats that a kernel may read beyond a table
constexpr std::int64_t rowsAtOnce = 196; ///< tokens whose products stay in the second cache

/// [heads, side x side] by distances of rows and columns -> [heads, 2 side - 1, 2 side - 1] by
/// their differences plus side - 1.
torch::Tensor mirrored(const torch::Tensor &biases, std::int64_t side)
{
    const torch::Tensor distances = (at::arange(2 * side - 1, torch::kInt64) - (side - 1)).abs();
    return biases.view({biases.size(0), side, side})
        .index_select(1, distances.to(biases.device()))
        .index_select(2, distances.to(biases.device()));
}

/// The same for each query and key: [heads, side x side, side x side].
torch::Tensor pairs(const torch::Tensor &biases, std::int64_t side)
{
    const torch::Tensor place = at::arange(side * side, torch::kInt64);
    const torch::Tensor row = at::div(place, side, "floor");
    const torch::Tensor column = place - row * side;
    const auto distance = [](const torch::Tensor &x) {
        return (x.unsqueeze(1) - x.unsqueeze(0)).abs();
    };
    const torch::Tensor index = (distance(row) * side + distance(column)).flatten();
    return biases.index_select(1, index.to(biases.device()))
        .view({biases.size(0), side * side, side * side});
}

} // namespace

/// Tokens of the grid in windows that lie side by side; those of a window one after the other.
struct BiasedAttention::Windows {
    std::int64_t row, column, height; ///< of the grid's tokens
    std::int64_t width;               ///< of all windows together

    /// Columns of the window that begins `first` columns to the right.
    std::int64_t columnsFrom(std::int64_t first, std::int64_t side) const
    {
        return std::min(side, width - first);
    }

    /// use(token of the grid's row `gridWidth` wide, how many, place among the windows' tokens)
    template <typename Use>
    void eachRun(std::int64_t side, std::int64_t gridWidth, const Use &use) const
    {
        std::int64_t place = 0;
        for (std::int64_t first = 0; first < width; first += side) {
            const std::int64_t count = columnsFrom(first, side);
            for (std::int64_t y = 0; y < height; ++y, place += count)
                use((row + y) * gridWidth + column + first, count, place);
        }
    }
};

BiasedAttention::BiasedAttention(const sam::Weights &weights, const std::string &name,
                                 const StageConfig &stage)
    : m_channels(stage.channels), m_heads(stage.heads), m_window(stage.window),
      m_norm(weights, name + "norm", normEpsilon), m_qkv(weights, name + "qkv"),
      m_project(weights, name + "proj")
{
    const std::int64_t headDim = m_channels / m_heads;
    const double scale = 1.0 / std::sqrt(static_cast<double>(headDim));
    m_qkv.weight.view({m_heads, 3, headDim, m_channels}).select(1, 0).mul_(scale);
    m_qkv.bias.view({m_heads, 3, headDim}).select(1, 0).mul_(scale);
    const torch::Tensor biases = weights.get(name + "attention_biases");
    m_beyond = at::addmv(m_qkv.bias, m_qkv.weight, m_norm.bias);
    m_qkv.pack();
    m_project.pack();
    if (m_qkv.packed)
        m_places = at::constant_pad_nd(mirrored(biases, m_window).flatten(), {0, slack});
    else
        m_pairs = pairs(biases, m_window);
}

torch::Tensor BiasedAttention::addTo(const torch::Tensor &x) const
{
    if (!m_qkv.packed)
        return x + byLibTorch(x);
    torch::Tensor result = x.contiguous();
    addByKernels(result.data_ptr<float>(), x.size(1), x.size(2));
    return result;
}

torch::Tensor BiasedAttention::byLibTorch(const torch::Tensor &x) const
{
    const torch::Tensor windows = sam::partitionWindows(x, m_window);
    const std::int64_t count = windows.size(0);
    const std::int64_t tokens = m_window * m_window;
    const std::int64_t headDim = m_channels / m_heads;
    const torch::Tensor qkv =
        m_qkv(m_norm(windows)).view({count, tokens, m_heads, 3, headDim}).permute({3, 0, 2, 1, 4});
    const torch::Tensor scores = at::matmul(qkv[0], qkv[1].transpose(-2, -1)) + m_pairs;
    const torch::Tensor attended = at::matmul(scores.softmax(-1), qkv[2])
                                       .transpose(1, 2)
                                       .reshape({count, m_window, m_window, m_channels});
    return sam::joinWindows(m_project(attended), m_window, x.size(1), x.size(2));
}

void BiasedAttention::addByKernels(float *tokens, std::int64_t height, std::int64_t width) const
{
    const std::int64_t side = m_window;
    const std::int64_t wide = std::max<std::int64_t>(rowsAtOnce / (side * side), 1) * side;
    const std::int64_t across = (width + wide - 1) / wide;
    const std::int64_t down = (height + side - 1) / side;
    shareOut(static_cast<std::size_t>(across * down), [&](std::size_t i) {
        const std::int64_t row = static_cast<std::int64_t>(i) / across * side;
        const std::int64_t column = static_cast<std::int64_t>(i) % across * wide;
        const Windows windows{row, column, std::min(side, height - row),
                              std::min(wide, width - column)};
        const std::int64_t count = windows.height * windows.width;
        cpu::AlignedFloats own(count * m_channels);
        cpu::AlignedFloats normed(count * m_channels); // then what was attended to
        cpu::AlignedFloats qkv(count * 3 * m_channels);
        windows.eachRun(side, width, [&](std::int64_t token, std::int64_t run, std::int64_t place) {
            std::copy_n(tokens + token * m_channels, run * m_channels,
                        own.get() + place * m_channels);
        });
        std::copy_n(own.get(), count * m_channels, normed.get());
        cpu::kernels()->normalize(normed.get(), count, m_channels, m_norm.weight.data_ptr<float>(),
                                  m_norm.bias.data_ptr<float>(), normEpsilon);
        multiplyRows(normed.get(), count, {*m_qkv.packed, m_qkv.bias}, {.c = qkv.get()});
        attend(windows, qkv.get(), normed.get());
        multiplyRows(normed.get(), count, {*m_project.packed, m_project.bias},
                     {.adds = true, .c = own.get()});
        windows.eachRun(side, width, [&](std::int64_t token, std::int64_t run, std::int64_t place) {
            std::copy_n(own.get() + place * m_channels, run * m_channels,
                        tokens + token * m_channels);
        });
    });
}

/// qkv [tokens, 3 C] -> out [tokens, C]
void BiasedAttention::attend(const Windows &windows, const float *qkv, float *out) const
{
    const cpu::Kernels &kernels = *cpu::kernels();
    const std::int64_t side = m_window;
    const std::int64_t keyCount = side * side;
    const std::int64_t headDim = m_channels / m_heads;
    const std::int64_t rowSize = 3 * m_channels;
    const std::int64_t tableSide = 2 * side - 1;
    cpu::AlignedFloats keys(cpu::packedSize(keyCount, headDim, kernels.panel));
    cpu::AlignedFloats values(cpu::packedSize(headDim, keyCount, kernels.panel));
    cpu::AlignedFloats scratch(cpu::attentionScratch(keyCount, keyCount, side, kernels.panel));
    std::vector<float> filled; // a window with what lies beyond the grid
    std::vector<const float *> places;
    for (std::int64_t first = 0; first < windows.width; first += side) {
        const std::int64_t columns = windows.columnsFrom(first, side);
        const std::int64_t count = windows.height * columns;
        const float *whole = qkv;
        if (count < keyCount) {
            filled.resize(static_cast<std::size_t>(keyCount * rowSize));
            const float *beyond = m_beyond.data_ptr<float>();
            for (std::int64_t key = 0; key < keyCount; ++key) {
                const std::int64_t y = key / side;
                const std::int64_t x = key % side;
                const bool inside = y < windows.height && x < columns;
                std::copy_n(inside ? qkv + (y * columns + x) * rowSize : beyond, rowSize,
                            filled.data() + key * rowSize);
            }
            whole = filled.data();
        }
        for (std::int64_t head = 0; head < m_heads; ++head) {
            const float *key = whole + (head * 3 + 1) * headDim;
            cpu::packRows(key, rowSize, keyCount, headDim, kernels.panel, keys.get());
            cpu::packColumns(key + headDim, rowSize, headDim, keyCount, kernels.panel,
                             values.get());
            // A key's place in the table is its own row and column less the query's.
            const float *table = m_places.data_ptr<float>() + head * tableSide * tableSide;
            places.clear();
            for (std::int64_t i = 0; i < count; ++i)
                places.push_back(table + (side - 1 - i / columns) * tableSide + side - 1 -
                                 i % columns);
            kernels.attend({.queries = qkv + head * 3 * headDim,
                            .queryStride = rowSize,
                            .queryCount = count,
                            .channels = headDim,
                            .keyPanels = keys.get(),
                            .valuePanels = values.get(),
                            .keyCount = keyCount,
                            .side = side,
                            .rowParts = nullptr,
                            .columnParts = nullptr,
                            .placeParts = places.data(),
                            .placeStride = tableSide,
                            .scratch = scratch.get(),
                            .out = out + head * headDim,
                            .outStride = m_channels});
        }
        qkv += count * rowSize;
        out += count * m_channels;
    }
}

} // namespace core::tinyvit
