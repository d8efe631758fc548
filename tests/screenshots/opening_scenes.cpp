// SPDX-License-Identifier: Apache-2.0
// Before there is something to click on: welcome, guide, reading, and what goes wrong.
#include "scenes.h"

#include "ui/widgets/export_task.h"

#include <QFile>

#include <stdexcept>

namespace
{

using ui::ActionId;

void empty(Stage &, const QString &) {}

void emptyFolder(Stage &stage, const QString &)
{
    stage.window().openPaths({stage.file(QString())});
    stage.wait([&] { return stage.document().isOpen(); });
}

void guide(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.trigger(ActionId::StartGuide);
}

void emptyInSmallWindow(Stage &stage, const QString &)
{
    stage.window().resize(640, 480);
    stage.wait([] { return true; });
}

void guideInSmallWindow(Stage &stage, const QString &picture)
{
    guide(stage, picture);
    stage.window().resize(720, 480);
    stage.wait([] { return true; });
}

void guideAnswered(Stage &stage, const QString &picture)
{
    guide(stage, picture);
    stage.click(places::redApple.x(), places::redApple.y());
}

/// A click has been made already and waits for its answer.
void embedding(Stage &stage, const QString &picture)
{
    stage.holdModel();
    stage.open(picture);
    stage.click(places::redApple.x(), places::redApple.y());
}

void badPicture(Stage &stage, const QString &)
{
    QFile broken(stage.file(QStringLiteral("holiday.jpg")));
    if (!broken.open(QIODevice::WriteOnly))
        throw std::runtime_error("cannot write a picture");
    broken.write("no picture");
    broken.close();
    stage.openFolder();
}

void failedExport(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.window().exportTo(stage.file(QStringLiteral("no such folder/annotations.json")));
    stage.wait([&] { return !stage.window().exportTask().isRunning(); });
}

/// Another program has the project; the brush was tried.
void readOnly(Stage &stage, const QString &picture)
{
    stage.open(picture);
    stage.drawObjects({places::redApple, places::mug});
    const std::filesystem::path project = stage.document().projectFile();
    const QTemporaryDir elsewhere;
    stage.window().openPaths({elsewhere.path()});
    stage.wait([&] { return stage.document().projectFile() != project; });
    stage.document().open({project, {}, {}, project::OpenMode::ReadOnly});
    stage.wait(
        [&] { return stage.document().isReadOnly() && stage.window().canvas()->hasPicture(); });
    stage.trigger(ActionId::BrushTool);
    stage.drag({{0.5, 0.3}, {0.6, 0.3}});
}

constexpr Scene all[] = {
    {"empty", empty, true},
    {"empty-folder", emptyFolder},
    {"empty-small", emptyInSmallWindow},
    {"guide", guide, true},
    {"guide-small", guideInSmallWindow},
    {"guide-answered", guideAnswered},
    {"embedding", embedding},
    {"bad-picture", badPicture},
    {"failed-export", failedExport},
    {"read-only", readOnly},
};

} // namespace

std::span<const Scene> openingScenes()
{
    return all;
}
