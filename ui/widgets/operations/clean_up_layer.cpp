// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/operations/clean_up_layer.h"

#include "ui/editing/clean_up.h"
#include "ui/widgets/canvas/canvas_view.h"
#include "ui/widgets/canvas/label_map.h"
#include "ui/widgets/theme/theme.h"

#include <QEvent>
#include <QPaintEvent>
#include <QPainter>

namespace ui
{

static constexpr double ringDiameter = 17; ///< screen pixels
static constexpr double changeFill = 0.75;

CleanUpLayer::CleanUpLayer(CanvasView &canvas, const CleanUp &cleanUp)
    : QWidget(&canvas), m_canvas(canvas), m_cleanUp(cleanUp)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    lower(); // bars and messages stay in front
    canvas.installEventFilter(this);
    connect(&cleanUp, &CleanUp::changed, this, &CleanUpLayer::follow);
    follow();
}

void CleanUpLayer::follow()
{
    setGeometry(m_canvas.rect());
    setVisible(m_cleanUp.isActive());
    if (m_cleanUp.isComputing())
        return; // what is there stays until its successor has come
    const CleanUp::Preview &preview = m_cleanUp.preview();
    m_added = MaskPainter(preview.added);
    m_removed = MaskPainter(preview.removed);
    m_outlines = outlineLines(preview.outlines);
    update();
}

bool CleanUpLayer::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        setGeometry(m_canvas.rect());
    return QWidget::eventFilter(watched, event);
}

void CleanUpLayer::paintMarks(QPainter &painter, const std::vector<QRect> &boxes,
                              const QColor &color) const
{
    const ViewTransform &transform = m_canvas.transform();
    const QRectF screen = QRectF(rect());
    for (const QRect &box : boxes) {
        const double side = std::max(box.width(), box.height()) * transform.scale();
        const QPointF center = transform.toView(QRectF(box).center());
        if (side >= ringDiameter || !screen.contains(center))
            continue;
        for (const QPen &pen : outlinePens(color, looks::workLine)) {
            painter.setPen(pen);
            painter.drawEllipse(center, ringDiameter / 2, ringDiameter / 2);
        }
    }
}

void CleanUpLayer::paintEvent(QPaintEvent *event)
{
    if (m_cleanUp.preview().isEmpty() || !m_canvas.hasPicture() || m_canvas.masksHidden())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ViewTransform &transform = m_canvas.transform();
    const QColor comes = QColor::fromRgb(looks::foreground);
    const QColor goes = QColor::fromRgb(looks::background);
    const QRect part = partOfView(event->rect(), transform);
    m_added.paint(painter, transform, part, comes, changeFill, looks::acceptedLine);
    m_removed.paint(painter, transform, part, goes, changeFill, looks::acceptedLine);
    strokeOutline(painter, m_outlines, transform, outlinePens(looks::light, looks::workLine), part);
    painter.setBrush(Qt::NoBrush);
    paintMarks(painter, m_cleanUp.preview().filledHoles, comes);
    paintMarks(painter, m_cleanUp.preview().removedParts, goes);
}

} // namespace ui
