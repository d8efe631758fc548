// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/tools/corner_editor.h"

namespace ui
{

/// Draws a polygon corner by corner and puts its pixels into the target's mask, or takes them when
/// it was begun with Alt or the right button. With one object selected and nothing half drawn, that
/// object's own corners can be moved (CornerEditor).
class PolygonTool : public Tool
{
    Q_OBJECT

public:
    explicit PolygonTool(MaskTarget &target, QObject *parent = nullptr);

    ActionId action() const override { return ActionId::PolygonTool; }
    void setInUse(bool isInUse) override { m_corners.setInUse(isInUse); }
    void setView(const ToolView &view) override { m_corners.setView(view); }
    void press(const PointerEvent &event) override;
    void move(const PointerEvent &event) override;
    void release(const PointerEvent &event) override;
    void doubleClick(const PointerEvent &event) override;
    void leave() override { m_corners.leave(); }
    bool isBusy() const override { return isDrawing() || m_corners.isBusy(); }
    void cancel() override;
    bool complete() override;
    bool takeBack() override;
    bool removeHandle() override;
    bool takesControlPress(const PointerEvent &event) const override;

    bool isDrawing() const { return !m_outline.isEmpty(); }
    const CornerEditor &corners() const { return m_corners; }

private:
    struct Drag {
        qsizetype corner = 0;
        bool isNew = false;
        bool hasMoved = false;
        Qt::MouseButton button = Qt::NoButton;
        QPointF pressed;
    };
    void remember() { m_before.push_back(m_outline); }
    std::optional<qsizetype> cornerAt(const PointerEvent &event) const;
    std::optional<qsizetype> edgeAt(const PointerEvent &event) const;
    void removeCorner(qsizetype corner);
    void clear();
    void showPreview();

    MaskTarget &m_target;
    CornerEditor m_corners;
    CornerEditor::State m_offered = CornerEditor::State::Nothing;
    QPolygonF m_outline;             ///< open, as far as it is drawn
    std::vector<QPolygonF> m_before; ///< to be taken back, one step after another
    bool m_isTaken = false;
    std::optional<Drag> m_drag;
    std::optional<qsizetype> m_hot; ///< the corner under the pointer
    QPointF m_pointer;
};

} // namespace ui
