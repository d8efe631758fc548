// SPDX-License-Identifier: Apache-2.0
// What is offered: everything in view, and what a detector found.
#include "scenes.h"

#include "ui/widgets/proposals/everything_desk.h"
#include "ui/widgets/proposals/proposal_layer.h"
#include "ui/widgets/proposals/review_desk.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
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

/// Boxes round what the sample shows, as a detector would write them.
QByteArray detections(const QString &picture, core::Size size)
{
    constexpr double half = 0.09; // of the picture's width
    QByteArray text;
    int score = 41;
    for (const QPointF place : {places::mug, places::pear, places::greenApple, places::redApple}) {
        text += QStringLiteral(R"({"image_id": "%1", "score": 0.%2,)")
                    .arg(QFileInfo(picture).fileName())
                    .arg(score)
                    .toUtf8();
        text += QStringLiteral(R"("bbox": [%1, %2, %3, %3]},)")
                    .arg((place.x() - half) * size.width)
                    .arg(place.y() * size.height - half * size.width)
                    .arg(2 * half * size.width)
                    .toUtf8();
        score += 15;
    }
    text.chop(1);
    return '[' + text + ']';
}

/// The worst of four is to be decided on.
void proposals(Stage &stage, const QString &picture)
{
    stage.open(picture);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("detections.json")));
    const QByteArray text = detections(picture, stage.window().canvas()->transform().picture());
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        throw std::runtime_error("the detections cannot be written");
    file.close();
    stage.window().openPaths({file.fileName()});
    stage.wait([&] { return stage.window().review().session().isOn(); });
    stage.settle();
}

constexpr Scene all[] = {
    {"everything-searching", searching},
    {"everything", everything, true},
    {"everything-chosen", chosen},
    {"proposals", proposals, true},
};

} // namespace

std::span<const Scene> everythingScenes()
{
    return all;
}
