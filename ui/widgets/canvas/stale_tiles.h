// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <QRect>

#include <optional>
#include <vector>

namespace ui
{

/// Which parts of something as large as a picture are out of date, a rectangle for each of its
/// tiles: changes are noted at once and made good where and when the part is looked at.
class StaleTiles
{
public:
    static constexpr int side = 256; ///< of a tile, pixels

    explicit StaleTiles(core::Size picture = {});
    bool isEmpty() const { return m_count == 0; }
    void mark(const QRect &rect);
    /// All that is stale of a tile that the rectangle touches, which counts as fresh from now on.
    std::optional<QRect> take(const QRect &rect);

private:
    QRect m_picture;
    int m_columns = 0;
    std::vector<QRect> m_stale; ///< of each tile; empty: nothing
    int m_count = 0;            ///< tiles that are stale
};

} // namespace ui
