// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/tools/tool.h"

namespace ui
{

class MaskTarget;

/// A click into a hole of the target's mask fills the hole; a click with the right button, or Alt,
/// on a part of the mask takes this part away.
class FillTool : public Tool
{
    Q_OBJECT

public:
    explicit FillTool(MaskTarget &target, QObject *parent = nullptr);

    ActionId action() const override { return ActionId::FillTool; }
    void press(const PointerEvent &event) override;
    void move(const PointerEvent & /*event*/) override {}
    void release(const PointerEvent & /*event*/) override {}
    bool isBusy() const override { return false; }
    void cancel() override {}

private:
    MaskTarget &m_target;
};

} // namespace ui
