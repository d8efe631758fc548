// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/drawing_painter.h"

#include "ui/widgets/canvas/outline_lines.h"
#include "ui/widgets/canvas/view_transform.h"
#include "ui/widgets/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QTransform>

namespace ui
{

static void paintHandles(QPainter &painter, const ToolPreview &preview,
                         const ViewTransform &transform)
{
    painter.setPen(QPen(looks::shade, 1));
    for (std::size_t i = 0; i < preview.handles.size(); ++i) {
        const double side = looks::boxHandle + (preview.hotHandle == i ? 3 : 0);
        const QPointF center = transform.toView(preview.handles[i]);
        painter.setBrush(looks::light);
        painter.drawRect(QRectF(center - QPointF(side, side) / 2, QSizeF(side, side)));
    }
}

void paintDrawing(QPainter &painter, const ToolPreview &preview, const ViewTransform &transform,
                  const QColor &color)
{
    if (preview.region.isEmpty() && preview.line.isEmpty() && preview.handles.empty())
        return;
    const QPointF origin = transform.toView(QPointF(0, 0));
    const QTransform toView(transform.scale(), 0, 0, transform.scale(), origin.x(), origin.y());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (!preview.region.isEmpty()) {
        QColor fill = preview.regionIsTaken ? QColor::fromRgb(looks::background) : color;
        fill.setAlphaF(static_cast<float>(looks::workFill));
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawPath(toView.map(preview.region));
    }
    if (!preview.line.isEmpty()) {
        painter.setBrush(Qt::NoBrush);
        const QPainterPath line = toView.map(preview.line);
        for (const QPen &pen : outlinePens(color, looks::workLine)) {
            painter.setPen(pen);
            painter.drawPath(line);
        }
    }
    paintHandles(painter, preview, transform);
    painter.restore();
}

} // namespace ui
