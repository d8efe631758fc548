// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/outline_lines.h"

#include "ui/widgets/canvas/view_transform.h"
#include "ui/widgets/theme/theme.h"

#include <QPainter>
#include <QPen>

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

void strokeOutline(QPainter &painter, const OutlineLines &lines, const ViewTransform &transform,
                   const std::vector<QPen> &pens)
{
    const QRectF visible = transform.visiblePicture();
    const double tooClose = 0.6 / transform.devicePixelRatio();
    const bool squares = transform.zoom() >= looks::pixelGridZoom;
    std::vector<QPolygonF> polygons;
    for (const QPolygonF &ring : squares ? lines.exact : lines.smooth) {
        if (!ring.boundingRect().adjusted(-1, -1, 1, 1).intersects(visible))
            continue;
        QPolygonF line;
        for (const QPointF &point : ring) {
            const QPointF p = transform.toView(point);
            if (line.isEmpty() || (p - line.last()).manhattanLength() > tooClose)
                line << p;
        }
        polygons.push_back(std::move(line));
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (const QPen &pen : pens) {
        painter.setPen(pen);
        for (const QPolygonF &polygon : polygons)
            painter.drawPolygon(polygon);
    }
    painter.restore();
}

std::vector<QPen> outlinePens(const QColor &color, double line)
{
    const auto pen = [](const QColor &c, double width) {
        return QPen(c, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    };
    return {pen(QColor(0, 0, 0, 110), line + 1.6), pen(QColor(255, 255, 255, 170), line + 0.7),
            pen(color, line)};
}

} // namespace ui
