// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/polygon_tool.h"

#include "ui/editing/outline_region.h"
#include "ui/editing/tools/reach.h"

namespace ui
{

PolygonTool::PolygonTool(MaskTarget &target, QObject *parent)
    : Tool(parent), m_target(target), m_corners(target)
{
    connect(&m_corners, &CornerEditor::changed, this, [this] {
        showPreview();
        if (std::exchange(m_offered, m_corners.state()) != m_corners.state())
            Q_EMIT optionsChanged(); // the hint follows what is offered
    });
}

std::optional<qsizetype> PolygonTool::cornerAt(const PointerEvent &event) const
{
    // The first one is looked at first: a click on it closes.
    for (qsizetype i = 0; i < m_outline.size(); ++i) {
        if (isWithin(event, m_outline[i], reach::handle))
            return i;
    }
    return std::nullopt;
}

std::optional<qsizetype> PolygonTool::edgeAt(const PointerEvent &event) const
{
    for (qsizetype i = 0; i + 1 < m_outline.size(); ++i) {
        if (isWithin(event, nearestOnEdge(event.position, m_outline[i], m_outline[i + 1]),
                     reach::edge))
            return i;
    }
    return std::nullopt;
}

void PolygonTool::press(const PointerEvent &event)
{
    if (m_drag || event.imageSize.isEmpty() ||
        (event.button != Qt::LeftButton && event.button != Qt::RightButton))
        return;
    if (!isDrawing()) {
        if (m_corners.isBusy() || (!meansAway(event) && m_corners.press(event)) ||
            !m_target.canDraw())
            return;
        m_isTaken = meansAway(event);
    }
    m_pointer = event.position;
    Drag drag{m_outline.size(), true, false, event.button, event.position};
    if (const auto corner = cornerAt(event)) {
        if (event.modifiers & Qt::ControlModifier) {
            removeCorner(*corner);
            return;
        }
        drag.corner = *corner;
        drag.isNew = false;
    } else {
        remember();
        if (const auto edge = edgeAt(event))
            drag.corner = *edge + 1;
        m_outline.insert(drag.corner, event.position);
    }
    m_drag = drag;
    m_hot = drag.corner;
    showPreview();
}

void PolygonTool::move(const PointerEvent &event)
{
    if (!isDrawing()) {
        m_corners.move(event);
        return;
    }
    m_pointer = event.position;
    if (!m_drag) {
        m_hot = cornerAt(event);
    } else if (m_drag->hasMoved || !isWithin(event, m_drag->pressed, reach::click)) {
        if (!m_drag->hasMoved && !m_drag->isNew)
            remember();
        m_drag->hasMoved = true;
        m_outline[m_drag->corner] = event.position;
    }
    showPreview();
}

void PolygonTool::release(const PointerEvent &event)
{
    m_corners.release(event);
    if (!m_drag || event.button != m_drag->button)
        return;
    const Drag drag = *m_drag;
    m_drag.reset();
    if (drag.corner == 0 && !drag.isNew && !drag.hasMoved && m_outline.size() >= 3)
        complete();
    else
        showPreview();
}

void PolygonTool::doubleClick(const PointerEvent &event)
{
    // The first of the two clicks has put the last corner, or closed the polygon already.
    if (isDrawing())
        complete();
    else
        m_corners.press(event);
}

bool PolygonTool::complete()
{
    if (!isDrawing())
        return m_corners.isBusy();
    if (m_outline.size() < 3)
        return true; // not yet
    const QPolygonF outline = m_outline;
    clear();
    applyOutline(m_target, outline, m_isTaken);
    return true;
}

bool PolygonTool::takeBack()
{
    if (m_corners.isBusy()) {
        m_corners.cancel();
        return true;
    }
    if (!isDrawing())
        return false;
    m_drag.reset();
    m_hot.reset();
    m_outline = m_before.back();
    m_before.pop_back();
    showPreview();
    return true;
}

bool PolygonTool::removeHandle()
{
    if (!isDrawing())
        return m_corners.isBusy() || m_corners.removeHot();
    if (m_hot && !m_drag)
        removeCorner(*m_hot);
    return true;
}

void PolygonTool::removeCorner(qsizetype corner)
{
    if (m_outline.size() == 1) {
        clear();
        return;
    }
    remember();
    m_outline.remove(corner);
    m_hot.reset();
    showPreview();
}

bool PolygonTool::takesControlPress(const PointerEvent &event) const
{
    return m_corners.hasCornerAt(event);
}

void PolygonTool::cancel()
{
    m_corners.cancel();
    clear();
}

void PolygonTool::clear()
{
    m_outline.clear();
    m_before.clear();
    m_drag.reset();
    m_hot.reset();
    showPreview();
}

void PolygonTool::showPreview()
{
    if (!isDrawing()) {
        setPreview(m_corners.preview());
        return;
    }
    ToolPreview preview;
    preview.regionIsTaken = m_isTaken;
    preview.handles.assign(m_outline.begin(), m_outline.end());
    if (m_hot)
        preview.hotHandle = std::size_t(*m_hot);
    QPolygonF line = m_outline;
    if (!m_hot)
        line << m_pointer; // where a click would put the next corner
    else if (*m_hot == 0 && !m_drag && line.size() >= 3)
        line << line.first(); // where a click would close it
    preview.line.addPolygon(line);
    if (line.size() >= 3) {
        preview.region.addPolygon(line);
        preview.region.closeSubpath();
    }
    setPreview(std::move(preview));
}

} // namespace ui
