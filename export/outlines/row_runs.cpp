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
        if (m_x == 0 && m_full == int(isOn) && length >= m_row.size()) {
            // Few bytes may tell a thousand million pixels.
            m_encoder.repeatRow(static_cast<std::uint32_t>(length / m_row.size()));
            length %= m_row.size();
            continue;
        }
        const auto part =
            static_cast<std::size_t>(std::min<std::uint64_t>(length, m_row.size() - m_x));
        std::fill_n(m_row.begin() + static_cast<std::ptrdiff_t>(m_x), part, std::uint8_t(isOn));
        m_full = part == m_row.size() ? int(isOn) : -1;
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
