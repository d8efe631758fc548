// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/logit_rows.h"

#include "core/segmentation/logit_loops.h"

#include <algorithm>
#include <cassert>

namespace core
{

LogitRows::LogitRows(std::span<const float> values, Size logitsSize, const InputGeometry &geometry)
    : m_values(values), m_logitsSize(logitsSize), m_geometry(geometry),
      m_enlargeX(logitsSize.width, geometry.padded.width, geometry.resized.width),
      m_enlargeY(logitsSize.height, geometry.padded.height, geometry.resized.height),
      m_resizeX(geometry.resized.width, geometry.original.width, geometry.original.width),
      m_resizeY(geometry.resized.height, geometry.original.height, geometry.original.height)
{
    assert(values.size() == static_cast<std::size_t>(logitsSize.area()));
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
    m_resizedColumns = {m_resizeX.tap(x).first, m_resizeX.tap(x + width - 1).second + 1};
    m_enlarged.indices = {-1, -1};
    m_resized.indices = {-1, -1};
}

LogitRows::Samples LogitRows::samples(const LineResize &resize, const LineResize &enlarge,
                                      int index)
{
    const LineResize::Tap tap = resize.tap(index);
    return {enlarge.tap(tap.first).first, enlarge.tap(tap.second).second};
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
        m_enlargeX.apply(m_values.data() + static_cast<std::ptrdiff_t>(y) * m_logitsSize.width,
                         m_resizedColumns.begin, m_resizedColumns.end, out);
    });
}

const float *LogitRows::resizedRow(int y, int keep)
{
    return cached(m_resized, y, keep, [&](float *out) {
        const LineResize::Tap vertical = m_enlargeY.tap(y);
        const float *a = enlargedRow(vertical.first, vertical.second);
        const float *b = enlargedRow(vertical.second, vertical.first);
        blend(m_resizedColumns.of(a), vertical.firstWeight, m_resizedColumns.of(b).data(),
              vertical.secondWeight, m_between.data() + m_resizedColumns.begin);
        m_resizeX.apply(m_between.data(), m_columns.begin, m_columns.end, out);
    });
}

std::span<const float> LogitRows::row(int y)
{
    const LineResize::Tap vertical = m_resizeY.tap(y);
    const float *a = resizedRow(vertical.first, vertical.second);
    const float *b = resizedRow(vertical.second, vertical.first);
    blend(m_columns.of(a), vertical.firstWeight, m_columns.of(b).data(), vertical.secondWeight,
          m_row.data() + m_columns.begin);
    return m_columns.of(m_row.data());
}

} // namespace core
