// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/tools/tool.h"

#include <QPolygonF>

namespace ui
{

class MaskTarget;

/// A free-hand outline, closed where the button goes up: its pixels join the target's mask. The
/// right button, or Alt, takes them away. One step.
class LassoTool : public Tool
{
    Q_OBJECT

public:
    explicit LassoTool(MaskTarget &target, QObject *parent = nullptr);

    ActionId action() const override { return ActionId::LassoTool; }
    void press(const PointerEvent &event) override;
    void move(const PointerEvent &event) override;
    void release(const PointerEvent &event) override;
    bool isBusy() const override { return m_button != Qt::NoButton; }
    void cancel() override;
    bool takeBack() override;

private:
    void add(const PointerEvent &event);

    MaskTarget &m_target;
    QPolygonF m_outline; ///< picture coordinates
    Qt::MouseButton m_button = Qt::NoButton;
    bool m_takes = false;
};

} // namespace ui
