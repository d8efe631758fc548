// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/smart_tool.h"

#include "ui/editing/tools/reach.h"

#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

constexpr double brushStep = 1.15; // a notch of the wheel

QPointF clamped(QPointF position, core::Size size)
{
    return {std::clamp(position.x(), 0.0, double(size.width)),
            std::clamp(position.y(), 0.0, double(size.height))};
}

/// The point inside the picture that is nearest.
core::ImagePoint pixelPoint(QPointF position, core::Size size)
{
    const core::ImagePoint point = toImagePoint(position);
    return {std::clamp(point.x, 0.0, std::max(0.0, size.width - 1.0)),
            std::clamp(point.y, 0.0, std::max(0.0, size.height - 1.0))};
}

bool isInside(const PointerEvent &event)
{
    return event.position.x() >= 0 && event.position.y() >= 0 &&
           event.position.x() < event.imageSize.width &&
           event.position.y() < event.imageSize.height;
}

} // namespace

SmartTool::SmartTool(PromptSession &session, QObject *parent) : Tool(parent), m_session(session) {}

std::optional<std::size_t> SmartTool::pointAt(const PointerEvent &event) const
{
    const std::vector<core::PointPrompt> &points = m_session.prompt().points;
    for (std::size_t i = points.size(); i-- > 0;) { // the last one lies on top
        if (isWithin(event, toPicture(points[i].position), reach::handle))
            return i;
    }
    return std::nullopt;
}

SmartTool::BoxGrip SmartTool::gripAt(const PointerEvent &event) const
{
    if (!m_session.prompt().box)
        return {};
    const double within = reach::handle * event.pixelsPerStep;
    const QRectF box = toPicture(*m_session.prompt().box);
    const QPointF p = event.position;
    if (!box.adjusted(-within, -within, within, within).contains(p))
        return {};
    return {std::abs(p.x() - box.left()) <= within, std::abs(p.y() - box.top()) <= within,
            std::abs(p.x() - box.right()) <= within, std::abs(p.y() - box.bottom()) <= within};
}

void SmartTool::press(const PointerEvent &event)
{
    if (m_gesture != Gesture::None || event.imageSize.isEmpty() ||
        (event.button != Qt::LeftButton && event.button != Qt::RightButton))
        return;
    m_button = event.button;
    m_pressed = event.position;
    m_label = meansAway(event) ? core::PointLabel::Background : core::PointLabel::Foreground;
    if (event.modifiers & Qt::ShiftModifier) {
        m_gesture = Gesture::Stroke;
        m_session.endHover();
        ToolPreview preview;
        preview.stroke = core::BrushStroke{
            {pixelPoint(event.position, event.imageSize)}, m_brushRadius, m_label};
        setPreview(std::move(preview));
        return;
    }
    if (const auto point = pointAt(event); point && event.button == Qt::LeftButton) {
        if (event.modifiers & Qt::ControlModifier) {
            m_session.removePoint(*point);
            return;
        }
        m_point = *point;
        m_gesture = Gesture::MovePoint;
        return;
    }
    if (!isInside(event))
        return;
    m_grip = event.button == Qt::LeftButton ? gripAt(event) : BoxGrip{};
    m_gesture = m_grip.any() ? Gesture::MoveBox : Gesture::ClickOrBox;
    if (m_grip.any())
        m_pressedBox = toPicture(*m_session.prompt().box);
}

QRectF SmartTool::draggedBox(QPointF position) const
{
    QRectF box = m_pressedBox;
    if (m_grip.left)
        box.setLeft(position.x());
    if (m_grip.top)
        box.setTop(position.y());
    if (m_grip.right && !m_grip.left)
        box.setRight(position.x());
    if (m_grip.bottom && !m_grip.top)
        box.setBottom(position.y());
    return box.normalized();
}

void SmartTool::move(const PointerEvent &event)
{
    const QPointF position = clamped(event.position, event.imageSize);
    const bool isDrag = !isWithin(event, m_pressed, reach::click);
    ToolPreview preview = this->preview();
    switch (m_gesture) {
    case Gesture::None:
        if (isInside(event) && !pointAt(event))
            m_session.hover(pixelPoint(event.position, event.imageSize),
                            event.modifiers & Qt::AltModifier ? core::PointLabel::Background
                                                              : core::PointLabel::Foreground);
        else
            m_session.endHover();
        return;
    case Gesture::ClickOrBox:
        if (!isDrag || m_button != Qt::LeftButton)
            return;
        m_gesture = Gesture::Box;
        m_session.endHover();
        [[fallthrough]];
    case Gesture::Box:
        preview.box = QRectF(clamped(m_pressed, event.imageSize), position).normalized();
        break;
    case Gesture::Stroke:
        preview.stroke->path.push_back(pixelPoint(event.position, event.imageSize));
        break;
    case Gesture::MovePoint:
        if (!isDrag && !m_hasMoved)
            return;
        m_hasMoved = true;
        preview.movedPoint = m_point;
        m_session.movePoint(m_point, pixelPoint(event.position, event.imageSize));
        break;
    case Gesture::MoveBox:
        if (!isDrag && !m_hasMoved)
            return;
        m_hasMoved = true;
        if (const QRectF box = draggedBox(position); box.width() > 0 && box.height() > 0)
            m_session.moveBox(toImageBox(box));
        return;
    }
    setPreview(std::move(preview));
}

void SmartTool::release(const PointerEvent &event)
{
    if (m_gesture == Gesture::None || event.button != m_button)
        return;
    const Gesture gesture = m_gesture;
    const ToolPreview done = preview();
    const bool hasMoved = m_hasMoved;
    finish();
    switch (gesture) {
    case Gesture::None:
        break;
    case Gesture::ClickOrBox: {
        m_session.addPoint({pixelPoint(m_pressed, event.imageSize), m_label});
        break;
    }
    case Gesture::Box:
        if (done.box->width() > 0 && done.box->height() > 0)
            m_session.setBox(toImageBox(*done.box));
        break;
    case Gesture::MoveBox:
        if (hasMoved)
            m_session.endMove();
        else // an edge was clicked, not dragged
            m_session.addPoint({pixelPoint(m_pressed, event.imageSize), m_label});
        break;
    case Gesture::Stroke:
        m_session.addStroke(*done.stroke);
        break;
    case Gesture::MovePoint:
        m_session.endMove();
        break;
    }
}

void SmartTool::leave()
{
    if (m_gesture == Gesture::None)
        m_session.endHover();
}

void SmartTool::cancel()
{
    if (isMove())
        m_session.cancelMove();
    finish();
}

void SmartTool::finish()
{
    m_gesture = Gesture::None;
    m_button = Qt::NoButton;
    m_hasMoved = false;
    setPreview({});
}

void SmartTool::resize(double steps)
{
    setBrushRadius(m_brushRadius * std::pow(brushStep, steps));
}

double SmartTool::cursorRadius(Qt::KeyboardModifiers modifiers) const
{
    return preview().stroke || (modifiers & Qt::ShiftModifier) ? m_brushRadius : 0;
}

void SmartTool::setBrushRadius(double pixels)
{
    const double radius = std::clamp(pixels, 1.0, 500.0);
    if (radius == m_brushRadius)
        return;
    m_brushRadius = radius;
    Q_EMIT optionsChanged();
}

} // namespace ui
