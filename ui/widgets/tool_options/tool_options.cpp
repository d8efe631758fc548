// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tool_options/tool_options.h"

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

QString toolHint(const Tool &tool)
{
    switch (tool.action()) {
    case ActionId::SmartTool:
        return QCoreApplication::translate(
            "tools", "Click: the object   ·   Right-click: not this   ·   Drag: box   ·   "
                     "Shift + drag: brush");
    case ActionId::PanTool:
        return QCoreApplication::translate("tools",
                                           "Drag: move the picture   ·   Click: select an object");
    default:
        return {};
    }
}

} // namespace ui
