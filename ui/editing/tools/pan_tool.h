// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/tools/tool.h"

namespace ui
{

/// Moves the picture and selects objects; the canvas does both itself.
class PanTool : public Tool
{
public:
    using Tool::Tool;

    ActionId action() const override { return ActionId::PanTool; }
    void press(const PointerEvent &) override {}
    void move(const PointerEvent &) override {}
    void release(const PointerEvent &) override {}
    bool isBusy() const override { return false; }
    void cancel() override {}
    bool movesPicture() const override { return true; }
};

} // namespace ui
