// SPDX-License-Identifier: Apache-2.0
#include "core/torch/convolution/winograd.h"

#include "core/cpu/kernels.h"
#include "core/torch/convolution/division.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace core
{

namespace
{

constexpr std::int64_t products = 16;
/// Factors and sums of so many, beside the weights, are what the second cache holds.
constexpr std::int64_t tilesAtOnce = 36;
/// Keeps what the products need for a tile from falling into one set of the first cache.
constexpr std::int64_t skew = 16;

/// G w G' of three rows of three weights, for each column of a panel: [3, 3, panel] becomes sixteen
/// rows. G = [1 0 0; 1/2 1/2 1/2; 1/2 -1/2 1/2; 0 0 1].
void transform(const float *weights, std::int64_t panel, float *to, std::int64_t step)
{
    for (std::int64_t column = 0; column < panel; ++column) {
        float rows[4][3];
        for (std::int64_t x = 0; x < 3; ++x) {
            const auto weight = [&](std::int64_t y) {
                return weights[(y * 3 + x) * panel + column];
            };
            const float ends = (weight(0) + weight(2)) * 0.5f;
            rows[0][x] = weight(0);
            rows[1][x] = ends + weight(1) * 0.5f;
            rows[2][x] = ends - weight(1) * 0.5f;
            rows[3][x] = weight(2);
        }
        for (std::int64_t y = 0; y < 4; ++y) {
            float *row = to + y * 4 * step + column;
            const float ends = (rows[y][0] + rows[y][2]) * 0.5f;
            row[0] = rows[y][0];
            row[step] = ends + rows[y][1] * 0.5f;
            row[2 * step] = ends - rows[y][1] * 0.5f;
            row[3 * step] = rows[y][2];
        }
    }
}

/// Where tiles begin along a side: a dilated convolution is one of each pixel that many apart.
std::vector<std::int64_t> tileStarts(std::int64_t length, std::int64_t dilation)
{
    std::vector<std::int64_t> starts;
    for (std::int64_t phase = 0; phase < dilation; ++phase)
        for (std::int64_t start = phase; start < length; start += 2 * dilation)
            starts.push_back(start);
    return starts;
}

} // namespace

struct WinogradConvolution::Task {
    MapView in, out;
    Ending ending;
    std::vector<std::int64_t> tileRows;
    std::vector<std::ptrdiff_t> tileColumns;
    Division division;
};

WinogradConvolution::WinogradConvolution(const torch::Tensor &weight, const torch::Tensor &bias,
                                         std::int64_t dilation)
    : m_in(weight.size(1)),
      m_panels((weight.size(0) + cpu::kernels()->panel - 1) / cpu::kernels()->panel),
      m_panelStride(m_in * cpu::kernels()->panel), m_dilation(dilation),
      m_weights(products * m_panels * m_panelStride), m_bias(bias.detach().clone())
{
    const torch::Tensor rows = weight.detach().permute({0, 2, 3, 1}).contiguous();
    shareOut(static_cast<std::size_t>(m_panels),
             [&](std::size_t i) { pack(static_cast<std::int64_t>(i), rows.data_ptr<float>()); });
}

/// Of weights [out, 3, 3, in] those of one panel.
void WinogradConvolution::pack(std::int64_t number, const float *weights)
{
    const std::int64_t panel = cpu::kernels()->panel;
    const std::int64_t first = number * panel;
    const std::int64_t columns = std::min(panel, m_bias.size(0) - first);
    float *to = m_weights.get() + number * m_panelStride;
    std::vector<float> gathered(static_cast<std::size_t>(9 * panel)); // zeros beyond the columns
    for (std::int64_t in = 0; in < m_in; ++in, to += panel) {
        for (std::int64_t tap = 0; tap < 9; ++tap)
            for (std::int64_t i = 0; i < columns; ++i)
                gathered[static_cast<std::size_t>(tap * panel + i)] =
                    weights[((first + i) * 9 + tap) * m_in + in];
        transform(gathered.data(), panel, to, m_panels * m_panelStride);
    }
}

Step WinogradConvolution::step(const MapView &in, const MapView &out, const Ending &ending) const
{
    auto rows = tileStarts(in.height, m_dilation);
    auto columns = tileStarts(in.width, m_dilation);
    const auto rowCount = static_cast<std::int64_t>(rows.size());
    const auto columnCount = static_cast<std::int64_t>(columns.size());
    const auto task =
        std::make_shared<const Task>(Task{in, out, ending, std::move(rows), std::move(columns),
                                          Division(rowCount, columnCount, tilesAtOnce, m_panels)});
    return {task->division.pieces(), [this, task](std::size_t piece) { compute(*task, piece); }};
}

void WinogradConvolution::compute(const Task &task, std::size_t piece) const
{
    const cpu::Kernels &kernels = *cpu::kernels();
    const auto [firstRow, endRow] = task.division.rows(piece);
    const auto [firstPanel, endPanel] = task.division.panels(piece);
    const std::int64_t firstColumn = firstPanel * kernels.panel;
    const std::int64_t columns =
        std::min(endPanel * kernels.panel, task.out.channels) - firstColumn;
    const auto across = static_cast<std::int64_t>(task.tileColumns.size());
    const cpu::WinogradTiles tiles{.columns = task.tileColumns.data(),
                                   .count = across,
                                   .dilation = m_dilation,
                                   .width = task.in.width};
    const std::int64_t tileCount = (endRow - firstRow) * across;
    const std::int64_t factorStep = tileCount * m_in + skew;
    const std::int64_t sumStep = tileCount * columns + skew;
    float *factors = threadFloats(products * (factorStep + sumStep));
    float *sums = factors + products * factorStep;

    for (std::int64_t row = firstRow; row < endRow; ++row) {
        cpu::WinogradInput input{.tiles = tiles,
                                 .rows = {},
                                 .channels = m_in,
                                 .factors = factors + (row - firstRow) * across * m_in,
                                 .step = factorStep};
        for (std::int64_t i = 0; i < 4; ++i) {
            const std::int64_t y =
                task.tileRows[static_cast<std::size_t>(row)] + (i - 1) * m_dilation;
            input.rows[i] = y >= 0 && y < task.in.height ? task.in.row(y) : nullptr;
        }
        kernels.winogradInput(input);
    }
    for (std::int64_t i = 0; i < products; ++i)
        kernels.multiply({.a = factors + i * factorStep,
                          .aStride = m_in,
                          .panels = m_weights.get() + (i * m_panels + firstPanel) * m_panelStride,
                          .panelStride = m_panelStride,
                          .rows = tileCount,
                          .depth = m_in,
                          .columns = columns,
                          .c = sums + i * sumStep,
                          .cStride = columns});
    for (std::int64_t row = firstRow; row < endRow; ++row) {
        cpu::WinogradOutput output{.tiles = tiles,
                                   .sums = sums + (row - firstRow) * across * columns,
                                   .step = sumStep,
                                   .channels = columns,
                                   .bias = m_bias.data_ptr<float>() + firstColumn,
                                   .added = {},
                                   .isRectified = task.ending.isRectified,
                                   .rows = {},
                                   .pixelStep = task.out.channels};
        for (std::int64_t i = 0; i < 2; ++i) {
            const std::int64_t y = task.tileRows[static_cast<std::size_t>(row)] + i * m_dilation;
            if (y >= task.out.height)
                continue;
            output.rows[i] = task.out.row(y) + firstColumn;
            if (task.ending.added)
                output.added[i] = task.ending.added + (output.rows[i] - task.out.floats);
        }
        kernels.winogradOutput(output);
    }
}

} // namespace core
