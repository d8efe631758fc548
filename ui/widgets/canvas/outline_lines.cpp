// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/outline_lines.h"

#include "ui/widgets/canvas/view_transform.h"
#include "ui/widgets/theme/theme.h"

#include <QPainter>
#include <QPen>

#include <algorithm>
#include <utility>

namespace ui
{
namespace
{

/// On which sides of the rectangle a point lies. Lines between points of one outer region never
/// enter the rectangle.
int regionOf(QPointF p, const QRectF &rect)
{
    return (p.x() < rect.left()    ? 1
            : p.x() > rect.right() ? 2
                                   : 0) |
           (p.y() < rect.top()      ? 4
            : p.y() > rect.bottom() ? 8
                                    : 0);
}

QPolygonF inView(const QPolygonF &ring, const ViewTransform &transform)
{
    const double tooClose = 1 / transform.devicePixelRatio();
    const QRectF view = QRectF(QPointF(), transform.viewport()).adjusted(-8, -8, 8, 8);
    QPolygonF line;
    int last = 0, beforeLast = 0; // regions
    for (const QPointF &point : ring) {
        const QPointF p = transform.toView(point);
        const int region = regionOf(p, view);
        if (line.size() > 1 && region != 0 && region == last && region == beforeLast) {
            line.last() = p;
        } else if (line.isEmpty() || (p - line.last()).manhattanLength() > tooClose) {
            line << p;
            beforeLast = std::exchange(last, region);
        }
    }
    return line;
}

/// A closed line. Qt goes through all of a path again for every part of the screen that its buffer
/// has room for: an outline of 4000 points round half of the screen takes 22 ms in one piece, 6 in
/// many.
void drawInPieces(QPainter &painter, const QPolygonF &ring)
{
    constexpr int pieceLength = 24; // points
    for (int first = 0; first + 1 < ring.size(); first += pieceLength)
        painter.drawPolyline(ring.constData() + first,
                             std::min<int>(pieceLength + 1, int(ring.size()) - first));
    if (ring.size() > 2)
        painter.drawLine(ring.last(), ring.first());
}

} // namespace

double strokedPoints(const OutlineLines &lines, const ViewTransform &transform)
{
    // Corners lie a pixel apart and more.
    return static_cast<double>(lines.pointCount) * std::min(1.0, 1.5 * transform.zoom());
}

void strokeOutline(QPainter &painter, const OutlineLines &lines, const ViewTransform &transform,
                   const std::vector<QPen> &pens)
{
    const QRectF visible = transform.visiblePicture();
    const bool squares = transform.zoom() >= looks::pixelGridZoom;
    std::vector<QPolygonF> polygons;
    for (const QPolygonF &ring : squares ? lines.exact : lines.smooth) {
        if (ring.boundingRect().adjusted(-1, -1, 1, 1).intersects(visible))
            polygons.push_back(inView(ring, transform));
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (QPen pen : pens) {
        // Round joins take most of the time, and between points a pixel apart nobody sees them.
        // Flat ends do not overlap where pieces meet.
        if (!squares) {
            pen.setJoinStyle(Qt::BevelJoin);
            pen.setCapStyle(Qt::FlatCap);
        }
        painter.setPen(pen);
        for (const QPolygonF &polygon : polygons)
            squares ? painter.drawPolygon(polygon) : drawInPieces(painter, polygon);
    }
    painter.restore();
}

std::vector<QPen> outlinePens(const QColor &color, double line)
{
    const auto pen = [](const QColor &c, double width) {
        return QPen(c, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    };
    return {pen(looks::paleShade, line + 1.6), pen(looks::paleLight, line + 0.7), pen(color, line)};
}

} // namespace ui
