// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/prompt_painter.h"

#include "ui/widgets/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QPen>

#include <algorithm>
#include <tuple>

namespace ui
{
namespace
{

QColor colorOf(core::PointLabel label)
{
    return QColor::fromRgb(label == core::PointLabel::Foreground ? looks::foreground
                                                                 : looks::background);
}

/// White on a shade that is `shadeWidth` wide, to be seen on every picture.
void paintFrame(QPainter &painter, const QRectF &frame, double shadeWidth, double width,
                const QList<qreal> &dashes)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(looks::shade, shadeWidth));
    painter.drawRect(frame);
    QPen line(looks::light, width);
    if (!dashes.isEmpty())
        line.setDashPattern(dashes);
    painter.setPen(line);
    painter.drawRect(frame);
}

} // namespace

void paintPoint(QPainter &painter, QPointF position, core::PointLabel label, bool pending, bool hot)
{
    const double radius = looks::pointDiameter / 2 + (hot ? 1.5 : 0);
    const QColor color = colorOf(label);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(looks::shade);
    painter.drawEllipse(position, radius + 2.2, radius + 2.2);
    painter.setBrush(looks::light);
    painter.drawEllipse(position, radius + 1.5, radius + 1.5);
    if (!pending) {
        painter.setBrush(color);
        painter.drawEllipse(position, radius, radius);
    }
    painter.setPen(QPen(pending ? color : looks::light, 1.5, Qt::SolidLine, Qt::FlatCap));
    const double arm = radius * 0.6;
    painter.drawLine(position - QPointF(arm, 0), position + QPointF(arm, 0));
    if (label == core::PointLabel::Foreground)
        painter.drawLine(position - QPointF(0, arm), position + QPointF(0, arm));
    painter.restore();
}

void paintBox(QPainter &painter, const QRectF &box, bool handles, bool pending)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    paintFrame(painter, box, 3, 1.25, pending ? QList<qreal>{4, 3} : QList<qreal>{});
    if (handles) {
        const double side = looks::boxHandle;
        painter.setPen(QPen(looks::shade, 1));
        painter.setBrush(looks::light);
        for (const QPointF corner :
             {box.topLeft(), box.topRight(), box.bottomLeft(), box.bottomRight()})
            painter.drawRect(QRectF(corner - QPointF(side, side) / 2, QSizeF(side, side)));
    }
    painter.restore();
}

void paintFocusFrame(QPainter &painter, const QRectF &frame)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    paintFrame(painter, frame, 2, 1, {6, 5});
    const double arm = std::min({18.0, frame.width() / 3, frame.height() / 3});
    for (const QPen &pen : {QPen(looks::shade, 4), QPen(looks::light, 2)}) {
        painter.setPen(pen);
        for (const auto &[corner, x, y] :
             {std::tuple(frame.topLeft(), 1, 1), std::tuple(frame.topRight(), -1, 1),
              std::tuple(frame.bottomLeft(), 1, -1), std::tuple(frame.bottomRight(), -1, -1)}) {
            painter.drawPolyline(
                QPolygonF{corner + QPointF(x * arm, 0), corner, corner + QPointF(0, y * arm)});
        }
    }
    painter.restore();
}

void paintStroke(QPainter &painter, const QPolygonF &line, double radius, core::PointLabel label)
{
    if (line.isEmpty())
        return;
    QColor color = colorOf(label);
    color.setAlphaF(0.5F);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (line.size() == 1) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(line.first(), radius, radius);
    } else {
        QPainterPath path;
        path.addPolygon(line);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 2 * radius, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(path);
    }
    painter.restore();
}

void paintBrushCursor(QPainter &painter, QPointF position, double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(looks::shade, 2.5));
    painter.drawEllipse(position, radius, radius);
    painter.setPen(QPen(looks::light, 1.25));
    painter.drawEllipse(position, radius, radius);
    painter.restore();
}

} // namespace ui
