// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPainterPath>
#include <QPolygonF>

#include <vector>

class QPainter;
class QPen;

namespace ui
{

class ViewTransform;

/// A mask's outline (MaskShape::outline) ready to be stroked at any zoom, picture coordinates.
struct OutlineLines {
    std::vector<QPolygonF> exact;  ///< corners of pixels; for when pixels are seen as squares
    std::vector<QPolygonF> smooth; ///< through the middles of pixel edges: slopes look like slopes
    qsizetype pointCount = 0;
};

/// `outline`: closed rings whose edges are horizontal or vertical and end on whole numbers.
OutlineLines outlineLines(const QPainterPath &outline);

/// Strokes what is on screen with the pens, one after another; widths are screen pixels. Points
/// closer than a fraction of a screen pixel are left out.
void strokeOutline(QPainter &painter, const OutlineLines &lines, const ViewTransform &transform,
                   const std::vector<QPen> &pens);

/// Dark edge, light edge, colour, so that the line reads on any picture.
std::vector<QPen> outlinePens(const QColor &color, double line);

} // namespace ui
