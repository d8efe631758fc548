// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/outline_lines.h"

#include "ui/widgets/canvas/line_map.h"
#include "ui/widgets/canvas/screen_pixels.h"
#include "ui/widgets/canvas/view_transform.h"
#include "ui/widgets/theme/theme.h"

#include <QPainter>
#include <QPen>

#include <algorithm>

namespace ui
{

double strokedPoints(const OutlineLines &lines, const ViewTransform &transform)
{
    // Corners lie a pixel apart and more.
    return static_cast<double>(lines.pointCount) * std::min(1.0, 1.5 * transform.zoom());
}

void addOutline(LineMap &map, const OutlineLines &lines, const ViewTransform &transform)
{
    const double zoom = transform.zoom();
    const QPointF origin = transform.toView(QPointF(0, 0)) * transform.devicePixelRatio();
    for (const QPolygonF &ring : zoom >= looks::pixelGridZoom ? lines.exact : lines.smooth) {
        if (ring.isEmpty())
            continue;
        const QPointF first = origin + ring.first() * zoom;
        QPointF last = first;
        for (const QPointF &point : ring) {
            const QPointF p = origin + point * zoom;
            if ((p - last).manhattanLength() <= 1)
                continue;
            map.add(last, p);
            last = p;
        }
        if (last != first)
            map.add(last, first);
    }
}

void strokeOutline(QPainter &painter, const OutlineLines &lines, const ViewTransform &transform,
                   const std::vector<QPen> &pens, const QRect &part)
{
    LineMap map(part, pens, transform.devicePixelRatio());
    addOutline(map, lines, transform);
    PixelBand band(part.width(), LineMap::tileSide);
    for (int tileRow = 0; tileRow < map.tileRows(); ++tileRow) {
        const int top = tileRow * LineMap::tileSide;
        const int height = std::min(LineMap::tileSide, part.height() - top);
        for (int first = 0, end = 0; first < map.tileColumns(); first = end + 1) {
            for (end = first; end < map.tileColumns() && map.isTouched(end, tileRow);)
                ++end;
            if (end == first)
                continue;
            const int left = first * LineMap::tileSide;
            const int width = std::min(end * LineMap::tileSide, part.width()) - left;
            for (int y = 0; y < height; ++y) {
                std::fill_n(band.row(y), width, QRgb(0));
                for (int column = first; column < end; ++column)
                    map.paintOver(column, top + y,
                                  band.row(y) + (column - first) * LineMap::tileSide);
            }
            band.draw(painter, part.topLeft() + QPoint(left, top), {width, height},
                      transform.devicePixelRatio());
        }
    }
}

std::vector<QPen> outlinePens(const QColor &color, double line)
{
    const auto pen = [](const QColor &c, double width) {
        return QPen(c, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    };
    return {pen(looks::paleShade, line + 1.6), pen(looks::paleLight, line + 0.7), pen(color, line)};
}

} // namespace ui
