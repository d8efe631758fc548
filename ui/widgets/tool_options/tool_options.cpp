// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tool_options/tool_options.h"

#include "ui/editing/tools/polygon_tool.h"
#include "ui/editing/tools/smart_tool.h"
#include "ui/widgets/tool_options/size_slider.h"

#include <QCoreApplication>

namespace ui
{

QWidget *makeToolOptions(Tool &tool)
{
    if (auto *smart = qobject_cast<SmartTool *>(&tool)) {
        auto *slider = new SizeSlider(
            QCoreApplication::translate("tools", "Brush %1 px"),
            QCoreApplication::translate("tools", "Radius of the prompting brush (Ctrl + wheel)"));
        slider->follow(
            *smart, [smart] { return smart->brushRadius(); },
            [smart](double radius) { smart->setBrushRadius(radius); });
        return slider;
    }
    return nullptr;
}

static QString polygonHint(CornerEditor::State state)
{
    switch (state) {
    case CornerEditor::State::Nothing:
        break;
    case CornerEditor::State::Shown:
        return QCoreApplication::translate(
            "tools", "Drag a corner or an edge of the object   ·   Ctrl + click or Delete: "
                     "remove it   ·   Click elsewhere: draw");
    case CornerEditor::State::TooMany:
        return QCoreApplication::translate(
            "tools", "Zoom in to move the corners of the object   ·   Click: draw a polygon");
    }
    return QCoreApplication::translate(
        "tools",
        "Click: next corner   ·   Double click or Enter: close   ·   Backspace: one back   "
        "·   Begin with Alt: take away");
}

QString toolHint(const Tool &tool)
{
    switch (tool.action()) {
    case ActionId::SmartTool:
        return QCoreApplication::translate(
            "tools", "Click: the object   ·   Right-click: not this   ·   Drag: box   ·   "
                     "Shift + drag: brush");
    case ActionId::PolygonTool:
        return polygonHint(static_cast<const PolygonTool &>(tool).corners().state());
    case ActionId::ScissorsTool:
        return QCoreApplication::translate(
            "tools", "Click along an edge   ·   Backspace: one back   ·   Double click or Enter: "
                     "close   ·   Begin with Alt: take away");
    case ActionId::PanTool:
        return QCoreApplication::translate("tools",
                                           "Drag: move the picture   ·   Click: select an object");
    default:
        return {};
    }
}

} // namespace ui
