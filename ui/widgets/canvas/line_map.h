// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QPointF>
#include <QRect>

#include <array>
#include <cstdint>
#include <vector>

class QPen;

namespace ui
{

/// The strokes of some pens, one over the other, along the same lines: how far pixels are from the
/// lines, and what colour the pens give a pixel at each distance. All lines are gone through once
/// for all pens, and only pixels near one cost anything. QPainter would make an outline of each
/// stroke and fill it, which takes ten times as long.
///
///     LineMap map(part, pens, ratio);
///     map.add(polygon);
///     for (int y = 0; y < part.height(); ++y)
///         map.paintOver(y, row); // premultiplied
class LineMap
{
public:
    static constexpr int tileSide = 32;

    /// `part`: of the view, in screen pixels. Widths of pens are in units of `ratio` screen pixels;
    /// ends and joins are round.
    LineMap(const QRect &part, const std::vector<QPen> &pens, double ratio);

    /// In screen pixels of the view; the first pixel covers 0 to 1.
    void add(QPointF from, QPointF to);

    const QRect &part() const { return m_part; }
    int tileColumns() const { return m_tileColumns; }
    int tileRows() const { return m_tileRows; }
    /// Whether anything in this square of the part may be painted.
    bool isTouched(int tileColumn, int tileRow) const { return tile(tileColumn, tileRow) >= 0; }
    /// Over a row of the part's pixels, premultiplied ARGB; rows count from the part's top.
    void paintOver(int row, QRgb *pixels) const;
    /// The same within one tile; `pixels`: those of the tile's row.
    void paintOver(int tileColumn, int row, QRgb *pixels) const;

private:
    std::int32_t tile(int column, int row) const
    {
        return m_tiles[std::size_t(row) * std::size_t(m_tileColumns) + std::size_t(column)];
    }
    std::uint8_t *touch(int column, int row);

    QRect m_part;
    int m_tileColumns;
    int m_tileRows;
    float m_reach = 0;                 ///< screen pixels from a line to where no pen paints
    float m_scale = 0;                 ///< distances in screen pixels to those that are kept
    std::array<QRgb, 256> m_colors{};  ///< by distance; the last one is clear
    std::vector<std::int32_t> m_tiles; ///< the number of a tile's distances; -1: untouched
    std::vector<std::uint8_t> m_distances;
};

} // namespace ui
