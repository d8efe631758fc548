// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/prompt_session.h"
#include "ui/editing/tools/tool.h"

namespace ui
{

/// Turns the pointer's gestures into prompts: click, box drag, brush stroke, moving and removing
/// prompts, hover. Moved prompts are followed live. The canvas maps to picture coordinates, calls
/// this, and paints preview() over what the session holds.
class SmartTool : public Tool
{
    Q_OBJECT

public:
    explicit SmartTool(PromptSession &session, QObject *parent = nullptr);

    ActionId action() const override { return ActionId::SmartTool; }
    void press(const PointerEvent &event) override;
    void move(const PointerEvent &event) override;
    void release(const PointerEvent &event) override;
    void leave() override;
    bool isBusy() const override { return m_gesture != Gesture::None; }
    void cancel() override;
    void resize(double steps) override;
    /// The brush that Shift takes up.
    double cursorRadius(Qt::KeyboardModifiers modifiers) const override;

    double brushRadius() const { return m_brushRadius; } ///< picture pixels
    void setBrushRadius(double pixels);

    std::optional<std::size_t> pointAt(const PointerEvent &event) const override;

private:
    enum class Gesture { None, ClickOrBox, Box, Stroke, MovePoint, MoveBox };
    /// Which edges of the box a drag moves.
    struct BoxGrip {
        bool left = false, top = false, right = false, bottom = false;
        bool any() const { return left || top || right || bottom; }
    };
    BoxGrip gripAt(const PointerEvent &event) const;
    QRectF draggedBox(QPointF position) const;
    bool isMove() const { return m_gesture == Gesture::MovePoint || m_gesture == Gesture::MoveBox; }
    void finish();

    PromptSession &m_session;
    Gesture m_gesture = Gesture::None;
    Qt::MouseButton m_button = Qt::NoButton;
    QPointF m_pressed; ///< picture coordinates
    core::PointLabel m_label = core::PointLabel::Foreground;
    std::size_t m_point = 0;
    BoxGrip m_grip;
    QRectF m_pressedBox;     ///< where the box was then
    bool m_hasMoved = false; ///< a move began
    double m_brushRadius = 12;
};

} // namespace ui
