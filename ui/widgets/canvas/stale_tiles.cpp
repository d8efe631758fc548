// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/stale_tiles.h"

#include <utility>

namespace ui
{

StaleTiles::StaleTiles(core::Size picture)
    : m_picture(0, 0, picture.width, picture.height), m_columns((picture.width + side - 1) / side),
      m_stale(static_cast<std::size_t>(m_columns) *
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
            QRect &stale = m_stale[static_cast<std::size_t>(y * m_columns + x)];
            m_count += stale.isEmpty() ? 1 : 0;
            stale |= inside.intersected(QRect(x * side, y * side, side, side));
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
            QRect &stale = m_stale[static_cast<std::size_t>(y * m_columns + x)];
            if (stale.isEmpty())
                continue;
            --m_count;
            return std::exchange(stale, QRect());
        }
    }
    return std::nullopt;
}

} // namespace ui
