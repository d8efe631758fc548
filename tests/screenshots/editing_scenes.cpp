// SPDX-License-Identifier: Apache-2.0
// Each hand tool in the middle of its work.
#include "scenes.h"

#include "ui/editing/tools/scissors_tool.h"

namespace
{

using ui::ActionId;

/// One object, selected, and the tool.
void begin(Stage &stage, const QString &picture, ActionId tool)
{
    stage.open(picture);
    stage.drawObjects({places::redApple});
    stage.click(places::redApple.x(), places::redApple.y(), Qt::LeftButton, Qt::ControlModifier);
    stage.trigger(tool);
}

void brush(Stage &stage, const QString &picture)
{
    begin(stage, picture, ActionId::BrushTool);
    stage.drag({{0.42, 0.60}, {0.44, 0.52}, {0.49, 0.53}}, {}, false);
}

void eraser(Stage &stage, const QString &picture)
{
    begin(stage, picture, ActionId::EraserTool);
    stage.drag({{0.31, 0.70}, {0.49, 0.70}}, {}, false);
}

void lasso(Stage &stage, const QString &picture)
{
    begin(stage, picture, ActionId::LassoTool);
    stage.drag({{0.44, 0.60}, {0.60, 0.52}, {0.62, 0.74}, {0.50, 0.80}}, {}, false);
}

/// A hole, and the pointer in it.
void fill(Stage &stage, const QString &picture)
{
    begin(stage, picture, ActionId::EraserTool);
    stage.drag({{0.38, 0.70}, {0.42, 0.72}, {0.40, 0.76}});
    stage.trigger(ActionId::FillTool);
    stage.move(0.40, 0.73);
}

void wand(Stage &stage, const QString &picture)
{
    begin(stage, picture, ActionId::WandTool);
    stage.click(0.52, 0.70);
    stage.wait([&] { return !stage.window().toolbox().current().isBusy(); });
}

void polygon(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.trigger(ActionId::PolygonTool);
    for (const QPointF corner : {QPointF(0.73, 0.47), QPointF(0.88, 0.47), QPointF(0.88, 0.72)})
        stage.click(corner.x(), corner.y());
    stage.move(0.75, 0.74);
}

void corners(Stage &stage, const QString &picture)
{
    begin(stage, picture, ActionId::PolygonTool);
    stage.move(0.40, 0.72);
}

void scissors(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.trigger(ActionId::ScissorsTool);
    stage.click(0.307, 0.70);
    stage.click(0.40, 0.842);
    stage.move(0.49, 0.75);
    auto &tool = static_cast<ui::ScissorsTool &>(stage.window().toolbox().current());
    stage.wait([&] { return !tool.isTracing(); });
}

void pan(Stage &stage, const QString &picture)
{
    begin(stage, picture, ActionId::PanTool);
}

constexpr Scene all[] = {
    {"brush", brush, true},
    {"eraser", eraser},
    {"lasso", lasso},
    {"fill", fill},
    {"wand", wand},
    {"polygon", polygon},
    {"corners", corners, true},
    {"scissors", scissors},
    {"pan", pan},
};

} // namespace

std::span<const Scene> editingScenes()
{
    return all;
}
