// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPainterPath>
#include <QPolygonF>

#include <vector>

namespace ui
{

/// A mask's outline (MaskShape::outline) ready to be stroked at any zoom, picture coordinates. Made
/// where the shape is made: for a ragged mask it takes longer than a frame.
struct OutlineLines {
    std::vector<QPolygonF> exact;  ///< corners of pixels; for when pixels are seen as squares
    std::vector<QPolygonF> smooth; ///< through the middles of pixel edges: slopes look like slopes
    qsizetype pointCount = 0;
};

/// `outline`: closed rings whose edges are horizontal or vertical and end on whole numbers.
OutlineLines outlineLines(const QPainterPath &outline);

} // namespace ui
