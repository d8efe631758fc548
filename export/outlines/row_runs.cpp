// SPDX-License-Identifier: Apache-2.0
#include "export/outlines/row_runs.h"

#include <algorithm>

namespace exporters
{

RowRuns::RowRuns(core::Size size)
    : m_encoder(size), m_row(static_cast<std::size_t>(size.width)),
      m_left(static_cast<std::uint64_t>(size.area()))
{
}

void RowRuns::add(std::uint64_t length, bool isOn)
{
    assert(length <= m_left);
    m_left -= length;
    while (length > 0) {
        const auto part =
            static_cast<std::size_t>(std::min<std::uint64_t>(length, m_row.size() - m_x));
        const bool fillsRow = part == m_row.size();
        if (!fillsRow || m_full != int(isOn))
            std::fill_n(m_row.begin() + static_cast<std::ptrdiff_t>(m_x), part, std::uint8_t(isOn));
        m_full = fillsRow ? int(isOn) : -1;
        m_x += part;
        length -= part;
        if (m_x == m_row.size()) {
            m_encoder.addRow(m_row.data());
            m_x = 0;
        }
    }
}

core::Rle RowRuns::finish()
{
    add(m_left, false);
    return m_encoder.finish();
}

} // namespace exporters
