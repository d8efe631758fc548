// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/outline_lines.h"

#include <cmath>

namespace ui
{
namespace
{

QPolygonF throughMiddles(const QPolygonF &corners)
{
    QPolygonF result;
    for (qsizetype i = 0; i + 1 < corners.size(); ++i) {
        const QPointF edge = corners[i + 1] - corners[i];
        const double length = std::abs(edge.x()) + std::abs(edge.y());
        if (length < 0.5)
            continue; // the ring's closing point, told twice
        const QPointF halfStep = edge / length / 2;
        result << corners[i] + halfStep;
        if (length > 1)
            result << corners[i + 1] - halfStep;
    }
    if (!result.isEmpty())
        result << result.first();
    return result;
}

} // namespace

OutlineLines outlineLines(const QPainterPath &outline)
{
    OutlineLines lines;
    for (QPolygonF &ring : outline.toSubpathPolygons()) {
        if (!ring.isClosed())
            ring << ring.first();
        lines.pointCount += ring.size();
        lines.smooth.push_back(throughMiddles(ring));
        lines.exact.push_back(std::move(ring));
    }
    return lines;
}

} // namespace ui
