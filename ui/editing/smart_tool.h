// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/pointer_event.h"
#include "ui/editing/prompt_session.h"

#include <QObject>

#include <optional>

namespace ui
{

/// Turns the pointer's gestures into prompts: click, box drag, brush stroke, moving and removing
/// prompts, hover. The canvas maps to picture coordinates, calls this, and paints preview() over
/// what the session holds.
class SmartTool : public QObject
{
    Q_OBJECT

public:
    /// What the canvas paints while a button is down.
    struct Preview {
        std::optional<QRectF> box;               ///< picture coordinates
        std::optional<core::BrushStroke> stroke; ///< as far as it is drawn
        std::optional<std::size_t> movedPoint;   ///< this point is shown at `movedTo` instead
        QPointF movedTo;
        bool isEmpty() const { return !box && !stroke && !movedPoint; }
    };

    explicit SmartTool(PromptSession &session, QObject *parent = nullptr);

    void press(const PointerEvent &event);
    void move(const PointerEvent &event); ///< with or without a button
    void release(const PointerEvent &event);
    void leave();  ///< the pointer left the picture
    void cancel(); ///< Esc while a button is down

    bool isDragging() const { return m_gesture != Gesture::None; }
    const Preview &preview() const { return m_preview; }

    double brushRadius() const { return m_brushRadius; } ///< picture pixels
    void setBrushRadius(double pixels);

    /// Index of the point under the position, if any; for the pointer's shape.
    std::optional<std::size_t> pointAt(const PointerEvent &event) const;

Q_SIGNALS:
    void previewChanged();
    void brushRadiusChanged(double pixels);

private:
    enum class Gesture { None, ClickOrBox, Box, Stroke, MovePoint, MoveBox };
    /// Which edges of the box a drag moves.
    struct BoxGrip {
        bool left = false, top = false, right = false, bottom = false;
        bool any() const { return left || top || right || bottom; }
    };
    BoxGrip gripAt(const PointerEvent &event) const;
    QRectF draggedBox(QPointF position) const;
    void setPreview(Preview preview);
    void finish();

    PromptSession &m_session;
    Gesture m_gesture = Gesture::None;
    Qt::MouseButton m_button = Qt::NoButton;
    QPointF m_pressed; ///< picture coordinates
    core::PointLabel m_label = core::PointLabel::Foreground;
    std::size_t m_point = 0;
    BoxGrip m_grip;
    Preview m_preview;
    double m_brushRadius = 12;
};

} // namespace ui
