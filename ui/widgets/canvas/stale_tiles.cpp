// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/stale_tiles.h"

namespace ui
{

StaleTiles::StaleTiles(core::Size picture)
    : m_picture(0, 0, picture.width, picture.height), m_columns((picture.width + side - 1) / side),
      m_isStale(static_cast<std::size_t>(m_columns) *
                static_cast<std::size_t>((picture.height + side - 1) / side))
{
}

void StaleTiles::mark(const QRect &rect)
{
    const QRect inside = rect.intersected(m_picture);
    if (inside.isEmpty())
        return;
    for (int y = inside.top() / side; y <= inside.bottom() / side; ++y) {
        for (int x = inside.left() / side; x <= inside.right() / side; ++x) {
            const auto tile = static_cast<std::size_t>(y * m_columns + x);
            m_count += m_isStale[tile] ? 0 : 1;
            m_isStale[tile] = true;
        }
    }
}

std::optional<QRect> StaleTiles::take(const QRect &rect)
{
    const QRect inside = rect.intersected(m_picture);
    if (m_count == 0 || inside.isEmpty())
        return std::nullopt;
    for (int y = inside.top() / side; y <= inside.bottom() / side; ++y) {
        for (int x = inside.left() / side; x <= inside.right() / side; ++x) {
            const auto tile = static_cast<std::size_t>(y * m_columns + x);
            if (!m_isStale[tile])
                continue;
            m_isStale[tile] = false;
            --m_count;
            return QRect(x * side, y * side, side, side).intersected(m_picture);
        }
    }
    return std::nullopt;
}

} // namespace ui
