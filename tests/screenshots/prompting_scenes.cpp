// SPDX-License-Identifier: Apache-2.0
// From the first click to the accepted object.
#include "scenes.h"

#include "ui/widgets/canvas/canvas_view.h"

namespace
{

using ui::ActionId;

void hovering(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.move(places::redApple.x(), places::redApple.y());
    stage.wait([&] { return !stage.window().session().hoverShape().isEmpty(); });
}

void candidates(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.click(places::redApple.x(), places::redApple.y());
}

void refined(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.drag({{0.29, 0.44}, {0.30, 0.44}, {0.52, 0.87}});
    stage.click(0.40, 0.75);
    stage.click(0.33, 0.60, Qt::RightButton);
}

void stroke(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.drag({{0.74, 0.60}, {0.80, 0.66}, {0.86, 0.60}}, Qt::ShiftModifier);
}

void threshold(Stage &stage, const QString &picture)
{
    candidates(stage, picture);
    for (int step = 0; step < 4; ++step)
        stage.trigger(ActionId::TightenMask);
}

void lookCloser(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.window().canvas()->setZoom(3);
    stage.trigger(ActionId::LookCloser);
    stage.wait([&] { return stage.window().session().focused().has_value(); });
    stage.window().canvas()->setZoom(1.5);
}

constexpr Scene all[] = {
    {"hovering", hovering}, {"candidates", candidates, true}, {"refined", refined, true},
    {"stroke", stroke},     {"threshold", threshold},         {"look-closer", lookCloser},
};

} // namespace

std::span<const Scene> promptingScenes()
{
    return all;
}
