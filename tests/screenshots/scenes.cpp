// SPDX-License-Identifier: Apache-2.0
#include "scenes.h"

#include <QTest>

namespace
{

using ui::ActionId;

void empty(Stage &, const QString &) {}

void guide(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.trigger(ActionId::StartGuide);
}

void hovering(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.move(0.40, 0.72);
}

void candidates(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.click(0.40, 0.72);
}

void refined(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.drag({{0.29, 0.44}, {0.30, 0.44}, {0.52, 0.87}});
    stage.click(0.40, 0.75);
}

/// Three objects in two categories, the last one selected.
void objects(Stage &stage, const QString &picture)
{
    stage.open(picture);
    for (const QPointF center : {QPointF(0.40, 0.72), QPointF(0.63, 0.62), QPointF(0.80, 0.62)}) {
        stage.click(center.x(), center.y());
        stage.key(Qt::Key_Return);
    }
    stage.click(0.80, 0.62, Qt::LeftButton, Qt::ControlModifier);
}

constexpr Scene all[] = {
    {"empty", empty},           {"guide", guide},     {"hovering", hovering},
    {"candidates", candidates}, {"refined", refined}, {"objects", objects},
};

} // namespace

std::span<const Scene> scenes()
{
    return all;
}
