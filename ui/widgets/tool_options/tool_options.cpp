// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tool_options/tool_options.h"

#include "ui/editing/tools/brush_tool.h"
#include "ui/editing/tools/polygon_tool.h"
#include "ui/editing/tools/smart_tool.h"
#include "ui/editing/tools/wand_tool.h"
#include "ui/widgets/tool_options/mask_size_label.h"
#include "ui/widgets/tool_options/size_slider.h"

#include <QCoreApplication>
#include <QHBoxLayout>

#include <cmath>

namespace ui
{

/// `options`: may be null.
static QWidget *withMaskSize(QWidget *options, const MaskTarget &target)
{
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    if (options)
        layout->addWidget(options);
    layout->addWidget(new MaskSizeLabel(target));
    line->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    return line;
}

QWidget *makeToolOptions(Tool &tool, const MaskTarget &target)
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
    if (auto *brush = qobject_cast<BrushTool *>(&tool)) {
        auto *slider = new SizeSlider(
            QCoreApplication::translate("tools", "Size %1 px"),
            QCoreApplication::translate("tools", "Diameter of the brush (Ctrl + wheel)"));
        slider->follow(
            *brush, [brush] { return double(brush->diameter()); },
            [brush](double size) { brush->setDiameter(int(std::lround(size))); });
        return withMaskSize(slider, target);
    }
    if (auto *wand = qobject_cast<WandTool *>(&tool)) {
        auto *slider = new SizeSlider(
            QCoreApplication::translate("tools", "Tolerance %1"),
            QCoreApplication::translate(
                "tools", "How far colours may be from the clicked one (Ctrl + wheel)"),
            SizeSlider::Scale::Levels);
        slider->follow(
            *wand, [wand] { return double(wand->tolerance()); },
            [wand](double tolerance) { wand->setTolerance(int(tolerance)); });
        return withMaskSize(slider, target);
    }
    if (tool.action() == ActionId::LassoTool || tool.action() == ActionId::FillTool)
        return withMaskSize(nullptr, target);
    return nullptr;
}

static QString polygonHint(const PolygonTool &polygon)
{
    switch (polygon.isDrawing() ? CornerEditor::State::Nothing : polygon.corners().state()) {
    case CornerEditor::State::Nothing:
        break;
    case CornerEditor::State::Shown:
        return QCoreApplication::translate(
            "tools", "Drag a corner or an edge   ·   Ctrl + click, Delete: remove it   ·   Click "
                     "elsewhere: draw");
    case CornerEditor::State::TooMany:
        return QCoreApplication::translate(
            "tools", "Zoom in to move the corners of the object   ·   Click: draw a polygon");
    }
    return QCoreApplication::translate(
        "tools",
        "Click: next corner   ·   Double click or Enter: close   ·   Begin with Alt: take away");
}

QString toolHint(const Tool &tool)
{
    switch (tool.action()) {
    case ActionId::SmartTool:
        return QCoreApplication::translate(
            "tools", "Click: the object   ·   Right-click: not this   ·   Drag: box   ·   "
                     "Shift + drag: brush");
    case ActionId::BrushTool:
        return QCoreApplication::translate(
            "tools", "Drag: paint   ·   Right drag or Alt: erase   ·   Shift + click: straight "
                     "line");
    case ActionId::EraserTool:
        return QCoreApplication::translate(
            "tools", "Drag: erase   ·   Right drag or Alt: paint   ·   Shift + click: straight "
                     "line");
    case ActionId::LassoTool:
        return QCoreApplication::translate(
            "tools", "Drag: add what you go around   ·   Right drag or Alt: take it away");
    case ActionId::FillTool:
        return QCoreApplication::translate(
            "tools", "Click in a hole: fill it   ·   Right click or Alt on a part of the mask: "
                     "remove it");
    case ActionId::WandTool:
        return QCoreApplication::translate(
            "tools", "Click: add connected pixels of this colour   ·   Right click or Alt: take "
                     "them away");
    case ActionId::PolygonTool:
        return polygonHint(static_cast<const PolygonTool &>(tool));
    case ActionId::ScissorsTool:
        return QCoreApplication::translate(
            "tools", "Click along an edge   ·   Double click or Enter: close   ·   Begin with "
                     "Alt: take away");
    case ActionId::PanTool:
        return QCoreApplication::translate("tools",
                                           "Drag: move the picture   ·   Click: select an object");
    default:
        return {};
    }
}

} // namespace ui
