// SPDX-License-Identifier: Apache-2.0
// Everything in view.
#include "scenes.h"

#include "ui/widgets/proposals/everything_desk.h"
#include "ui/widgets/proposals/proposal_layer.h"

#include <QTest>

namespace
{

using ui::ActionId;

void searching(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.holdModel();
    stage.trigger(ActionId::Everything);
}

void everything(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.window().everything().session().search().setPointsPerSide(16); // a quarter of the time
    stage.trigger(ActionId::Everything);
    stage.wait([&] { return stage.window().everything().session().isOffering(); });
}

/// Two are chosen, and the pointer is on a third.
void chosen(Stage &stage, const QString &picture)
{
    everything(stage, picture);
    const auto on = [&](QPointF place) {
        const core::Size size = stage.window().canvas()->transform().picture();
        return stage.window()
            .canvas()
            ->transform()
            .toView(core::ImagePoint{place.x() * size.width, place.y() * size.height})
            .toPoint();
    };
    ui::ProposalLayer *layer = stage.window().everything().layer();
    QTest::mouseClick(layer, Qt::LeftButton, {}, on(places::redApple));
    QTest::mouseClick(layer, Qt::LeftButton, {}, on(places::mug));
    QTest::mouseMove(layer, on(places::pear));
    stage.settle();
}

constexpr Scene all[] = {
    {"everything-searching", searching},
    {"everything", everything, true},
    {"everything-chosen", chosen},
};

} // namespace

std::span<const Scene> everythingScenes()
{
    return all;
}
