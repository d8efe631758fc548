// SPDX-License-Identifier: Apache-2.0
// The part of CanvasView that paints.
#include "ui/editing/pointer_event.h"
#include "ui/widgets/canvas/canvas_view.h"
#include "ui/widgets/canvas/drawing_painter.h"
#include "ui/widgets/canvas/prompt_painter.h"
#include "ui/widgets/canvas/screen_pixels.h"

#include <QPaintEvent>
#include <QPainter>

#include <utility>

namespace ui
{

/// Picture and accepted objects.
void CanvasView::paintBackdrop(QPainter &painter)
{
    // A change of very many objects is made good over a few frames.
    if (!m_annotations.refresh(m_transform.visiblePicture(), 4))
        QMetaObject::invokeMethod(this, qOverload<>(&QWidget::update), Qt::QueuedConnection);
    const bool pixelLines = m_annotations.hasPixelLines(m_transform);
    if (std::exchange(m_hasPixelLines, pixelLines) != pixelLines) {
        invalidateBackdrop();
        // This frame may be of a part only.
        QMetaObject::invokeMethod(this, qOverload<>(&QWidget::update), Qt::QueuedConnection);
    }
    const QRect changed = m_annotations.takeChanged();
    const QRect stale = changed.isEmpty() ? QRect() : partShowing(changed, 3, m_transform);
    m_changedUnderEdits |= changed;
    const QImage &image =
        m_backdrop.image(m_transform, stale, [this](QPainter &onto, const QRect &part) {
            paintBackdropPart(onto, part, m_refined);
        });
    drawPixels(painter, {0, 0}, image, m_transform.devicePixelRatio());
}

void CanvasView::paintBackdropPart(QPainter &painter, const QRect &part, core::Id without)
{
    painter.fillRect(partInView(part, m_transform), m_theme.canvas);
    m_picture->paint(painter, m_transform);
    painter.setPen(m_theme.border);
    painter.drawRect(m_transform.pictureInView().adjusted(-1, -1, 0, 0));
    if (!m_masksHidden)
        m_annotations.paint(painter, m_transform, part, without);
}

void CanvasView::invalidateBackdrop()
{
    m_backdrop.invalidate();
    m_underEdits.invalidate();
}

const QImage &CanvasView::backdropUnderEdits()
{
    const AnnotationShapes::Item *item = selectedItem();
    const core::Id without = m_session.current() ? m_refined
                             : item              ? item->record->annotation.id
                                                 : 0;
    if (std::exchange(m_underEditsWithout, without) != without)
        m_underEdits.invalidate();
    const QRect changed = std::exchange(m_changedUnderEdits, QRect());
    const QRect stale = changed.isEmpty() ? QRect() : partShowing(changed, 3, m_transform);
    return m_underEdits.image(m_transform, stale,
                              [this, without](QPainter &onto, const QRect &part) {
                                  paintBackdropPart(onto, part, without);
                              });
}

void CanvasView::paintEdits(QPainter &painter)
{
    const AnnotationShapes::Item *item = selectedItem();
    const bool isInWork = m_session.current() != nullptr;
    QColor tint = item && !isInWork ? m_shapes.colorOf(item->record) : m_prompts.color();
    tint.setAlphaF(static_cast<float>(isInWork ? looks::workFill : looks::selectedFill));
    m_edits.paint(
        painter, m_transform, m_toolbox.current().preview(),
        [this]() -> const QImage & { return backdropUnderEdits(); }, tint);
}

void CanvasView::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    if (!m_picture) {
        painter.fillRect(rect(), m_theme.canvas);
        return;
    }
    paintBackdrop(painter);
    if (!m_masksHidden) {
        const QRect part = partOfView(event->rect(), m_transform);
        m_annotations.paintMarked(painter, m_transform, part, m_refined);
        m_prompts.paintMasks(painter, m_transform, part);
        paintEdits(painter);
    }
    const Tool &tool = m_toolbox.current();
    paintDrawing(painter, tool.preview(), m_transform, m_prompts.color());
    m_hotPainted = hotPoint();
    m_prompts.paintPrompts(painter, m_transform, m_pending && m_session.isWaiting(), m_hotPainted);
    const double radius = tool.cursorRadius(m_modifiers) * m_transform.scale();
    m_ringPainted = {};
    if (m_pointer && radius > 0 && !m_panning && !m_spaceHeld) {
        paintBrushCursor(painter, *m_pointer, radius);
        m_ringPainted = ringRect();
    }
}

} // namespace ui
