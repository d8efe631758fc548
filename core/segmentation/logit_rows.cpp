// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/logit_rows.h"

#include <algorithm>
#include <cassert>

namespace core
{

namespace
{

void blend(const float *a, float weightA, const float *b, float weightB, int begin, int end,
           float *out)
{
    for (int i = begin; i < end; ++i)
        out[i] = a[i] * weightA + b[i] * weightB;
}

} // namespace

std::vector<LogitRows::Tap> LogitRows::taps(int inputs, int outputs, int wanted)
{
    const float scale = static_cast<float>(inputs) / static_cast<float>(outputs);
    std::vector<Tap> result(static_cast<std::size_t>(wanted));
    for (int i = 0; i < wanted; ++i) {
        const float position = std::max(scale * (static_cast<float>(i) + 0.5f) - 0.5f, 0.0f);
        const int first = std::min(static_cast<int>(position), inputs - 1);
        const float weight = std::clamp(position - static_cast<float>(first), 0.0f, 1.0f);
        result[static_cast<std::size_t>(i)] = {first, std::min(first + 1, inputs - 1),
                                               1.0f - weight, weight};
    }
    return result;
}

LogitRows::LogitRows(std::span<const float> values, Size logitsSize, const InputGeometry &geometry)
    : m_values(values), m_logitsSize(logitsSize), m_geometry(geometry)
{
    assert(values.size() == static_cast<std::size_t>(logitsSize.area()));
    assert(!logitsSize.isEmpty() && !geometry.resized.isEmpty() && !geometry.original.isEmpty());
    m_enlargeX = taps(logitsSize.width, geometry.padded.width, geometry.resized.width);
    m_enlargeY = taps(logitsSize.height, geometry.padded.height, geometry.resized.height);
    m_resizeX = taps(geometry.resized.width, geometry.original.width, geometry.original.width);
    m_resizeY = taps(geometry.resized.height, geometry.original.height, geometry.original.height);
    for (auto &row : m_enlarged.rows)
        row.resize(static_cast<std::size_t>(geometry.resized.width));
    for (auto &row : m_resized.rows)
        row.resize(static_cast<std::size_t>(geometry.original.width));
    m_between.resize(static_cast<std::size_t>(geometry.resized.width));
    m_row.resize(static_cast<std::size_t>(geometry.original.width));
    narrow(0, geometry.original.width);
}

void LogitRows::narrow(int x, int width)
{
    assert(x >= 0 && width > 0 && x + width <= m_geometry.original.width);
    m_columns = {x, x + width};
    m_resizedColumns = {m_resizeX[static_cast<std::size_t>(x)].first,
                        m_resizeX[static_cast<std::size_t>(x + width - 1)].second + 1};
    m_enlarged.indices = {-1, -1};
    m_resized.indices = {-1, -1};
}

LogitRows::Samples LogitRows::samples(const std::vector<Tap> &resize,
                                      const std::vector<Tap> &enlarge, int index)
{
    const Tap &tap = resize[static_cast<std::size_t>(index)];
    return {enlarge[static_cast<std::size_t>(tap.first)].first,
            enlarge[static_cast<std::size_t>(tap.second)].second};
}

void LogitRows::interpolate(const float *in, const std::vector<Tap> &taps, const Columns &columns,
                            float *out)
{
    for (int i = columns.begin; i < columns.end; ++i) {
        const Tap &tap = taps[static_cast<std::size_t>(i)];
        out[i] = in[tap.first] * tap.firstWeight + in[tap.second] * tap.secondWeight;
    }
}

/// Row `index` of a stage, computed unless it is one of the last two; never takes the place of row
/// `keep`.
template <typename Compute>
const float *LogitRows::cached(RowPair &pair, int index, int keep, const Compute &compute)
{
    for (std::size_t slot = 0; slot < 2; ++slot)
        if (pair.indices[slot] == index)
            return pair.rows[slot].data();
    std::size_t slot = pair.indices[0] <= pair.indices[1] ? 0 : 1;
    if (pair.indices[slot] == keep)
        slot = 1 - slot;
    compute(pair.rows[slot].data());
    pair.indices[slot] = index;
    return pair.rows[slot].data();
}

const float *LogitRows::enlargedRow(int y, int keep)
{
    return cached(m_enlarged, y, keep, [&](float *out) {
        interpolate(m_values.data() + static_cast<std::ptrdiff_t>(y) * m_logitsSize.width,
                    m_enlargeX, m_resizedColumns, out);
    });
}

const float *LogitRows::resizedRow(int y, int keep)
{
    return cached(m_resized, y, keep, [&](float *out) {
        const Tap &vertical = m_enlargeY[static_cast<std::size_t>(y)];
        const float *a = enlargedRow(vertical.first, vertical.second);
        const float *b = enlargedRow(vertical.second, vertical.first);
        blend(a, vertical.firstWeight, b, vertical.secondWeight, m_resizedColumns.begin,
              m_resizedColumns.end, m_between.data());
        interpolate(m_between.data(), m_resizeX, m_columns, out);
    });
}

std::span<const float> LogitRows::row(int y)
{
    const Tap &vertical = m_resizeY[static_cast<std::size_t>(y)];
    const float *a = resizedRow(vertical.first, vertical.second);
    const float *b = resizedRow(vertical.second, vertical.first);
    blend(a, vertical.firstWeight, b, vertical.secondWeight, m_columns.begin, m_columns.end,
          m_row.data());
    return {m_row.data() + m_columns.begin,
            static_cast<std::size_t>(m_columns.end - m_columns.begin)};
}

} // namespace core
