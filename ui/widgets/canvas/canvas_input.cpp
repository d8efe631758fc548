// SPDX-License-Identifier: Apache-2.0
// The part of CanvasView that turns mouse, wheel and keys into gestures.
#include "ui/widgets/canvas/canvas_view.h"

#include "ui/editing/pointer_event.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>

#include <cmath>

namespace ui
{

PointerEvent CanvasView::pointerEvent(QPointF position, Qt::MouseButton button,
                                      Qt::KeyboardModifiers modifiers) const
{
    return {m_transform.toPicture(position), button, modifiers, 1 / m_transform.scale(),
            m_transform.picture()};
}

bool CanvasView::pansWithLeftButton() const
{
    return m_spaceHeld || m_toolbox.current().movesPicture();
}

bool CanvasView::startsPan(const QMouseEvent &event) const
{
    return event.button() == Qt::MiddleButton ||
           (event.button() == Qt::LeftButton &&
            (m_spaceHeld || m_toolbox.current().movesPicture()));
}

core::Id CanvasView::selectableAt(QPointF view) const
{
    const core::Id id = m_masksHidden ? 0 : m_annotations.objectAt(m_transform.toPicture(view));
    return m_isLocked(id) ? 0 : id;
}

void CanvasView::mousePressEvent(QMouseEvent *event)
{
    if (!m_picture || m_panning)
        return;
    if (startsPan(*event)) {
        m_panning = true;
        m_panStart = m_panLast = event->position();
        updateCursor();
        return;
    }
    Tool &tool = m_toolbox.current();
    const PointerEvent pointer =
        pointerEvent(event->position(), event->button(), event->modifiers());
    // With every tool, Ctrl + click selects; on a handle it belongs to the tool.
    if (event->button() == Qt::LeftButton && (event->modifiers() & Qt::ControlModifier) &&
        !tool.isBusy() && !tool.takesControlPress(pointer)) {
        Q_EMIT annotationClicked(selectableAt(event->position()),
                                 event->modifiers() & Qt::ShiftModifier);
        return;
    }
    event->type() == QEvent::MouseButtonDblClick ? tool.doubleClick(pointer) : tool.press(pointer);
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (m_picture && event->button() == Qt::LeftButton && m_toolbox.current().movesPicture()) {
        if (const core::Id annotation = selectableAt(event->position()))
            Q_EMIT annotationActivated(annotation);
    }
    mousePressEvent(event);
}

void CanvasView::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer = event->position();
    m_modifiers = event->modifiers();
    if (!m_picture)
        return;
    if (m_panning) {
        const QPointF delta = event->position() - m_panLast;
        m_panLast = event->position();
        changeView([&] { m_transform.panBy(delta); });
        return;
    }
    const bool onPicture = m_transform.isOnPicture(event->position());
    Tool &tool = m_toolbox.current();
    const bool selects =
        tool.movesPicture() || ((event->modifiers() & Qt::ControlModifier) && !tool.isBusy());
    const bool marksAnother =
        m_annotations.setHovered(selects ? selectableAt(event->position()) : 0);
    if (onPicture || tool.isBusy())
        tool.move(pointerEvent(event->position(), Qt::NoButton, event->modifiers()));
    else
        tool.leave();
    // What the tool shows of its work it tells on its own.
    if (marksAnother || hotPoint() != m_hotPainted)
        update();
    else
        updateRing();
    Q_EMIT pointerMoved(onPicture ? std::optional(m_transform.toImage(event->position()))
                                  : std::nullopt);
}

void CanvasView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_picture)
        return;
    if (m_panning) {
        m_panning = false;
        updateCursor();
        const bool isClick =
            (event->position() - m_panStart).manhattanLength() < QApplication::startDragDistance();
        if (isClick && event->button() == Qt::LeftButton && !m_spaceHeld)
            Q_EMIT annotationClicked(selectableAt(event->position()),
                                     event->modifiers() & Qt::ShiftModifier);
        return;
    }
    m_toolbox.current().release(
        pointerEvent(event->position(), event->button(), event->modifiers()));
    update();
}

void CanvasView::wheelEvent(QWheelEvent *event)
{
    if (!m_picture)
        return;
    const QPoint angle = event->angleDelta();
    const double steps = (angle.y() ? angle.y() : angle.x()) / 120.0;
    if (event->modifiers() & Qt::ControlModifier)
        m_toolbox.current().resize(steps);
    else
        changeView([&] { m_transform.zoomBy(std::pow(1.2, steps), event->position()); });
    event->accept();
}

void CanvasView::keyPressEvent(QKeyEvent *event)
{
    m_modifiers = event->modifiers();
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat())
        m_spaceHeld = true;
    else if (event->key() == Qt::Key_V && !event->modifiers())
        setMasksHidden(true);
    else if (event->key() != Qt::Key_Space && event->key() != Qt::Key_Shift)
        QWidget::keyPressEvent(event);
    updateCursor();
    update();
}

void CanvasView::keyReleaseEvent(QKeyEvent *event)
{
    m_modifiers = event->modifiers();
    if (event->isAutoRepeat())
        return;
    if (event->key() == Qt::Key_Space)
        m_spaceHeld = false;
    else if (event->key() == Qt::Key_V)
        setMasksHidden(false);
    else
        QWidget::keyReleaseEvent(event);
    updateCursor();
    update();
}

void CanvasView::focusOutEvent(QFocusEvent *event)
{
    // The keys' releases go elsewhere now.
    m_spaceHeld = false;
    m_modifiers = {};
    setMasksHidden(false);
    updateCursor();
    QWidget::focusOutEvent(event);
}

void CanvasView::enterEvent(QEnterEvent *)
{
    // Space and V act where the pointer is; who types a name or a number goes on typing.
    const QWidget *focus = QApplication::focusWidget();
    if (isActiveWindow() && !(focus && focus->testAttribute(Qt::WA_InputMethodEnabled)))
        setFocus(Qt::MouseFocusReason);
}

void CanvasView::leaveEvent(QEvent *)
{
    m_pointer.reset();
    m_annotations.setHovered(0);
    if (!m_toolbox.current().isBusy())
        m_toolbox.current().leave();
    update();
    Q_EMIT pointerMoved(std::nullopt);
}

void CanvasView::updateCursor()
{
    if (!m_picture)
        setCursor(Qt::ArrowCursor);
    else if (m_panning)
        setCursor(Qt::ClosedHandCursor);
    else if (m_spaceHeld || m_toolbox.current().movesPicture())
        setCursor(Qt::OpenHandCursor);
    else
        setCursor(Qt::CrossCursor);
}

} // namespace ui
