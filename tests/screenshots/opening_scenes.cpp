// SPDX-License-Identifier: Apache-2.0
// Before there is something to click on: welcome, guide, reading, and what goes wrong.
#include "scenes.h"

#include "ui/widgets/export_task.h"
#include "ui/widgets/message_bar.h"

#include <QFile>
#include <QSemaphore>

#include <memory>
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

/// A disk that takes its time, with the way to stop waiting.
void opening(Stage &stage, const QString &picture)
{
    stage.open(picture);
    auto gate = std::make_shared<QSemaphore>();
    stage.document().dispose(
        std::shared_ptr<void>(gate.get(), [gate](void *) { gate->acquire(); }));
    const QTemporaryDir elsewhere;
    stage.window().openPaths({elsewhere.path()});
    auto *progress = stage.window().findChild<QWidget *>(QStringLiteral("projectProgress"));
    stage.wait([&] { return progress->isVisible(); });
    stage.photograph();
    gate->release();
    stage.wait([&] { return progress->isHidden(); });
}

/// The folder is another one than when the project was closed.
void movedFolder(Stage &stage, const QString &picture)
{
    QDir place(stage.file(QString()));
    place.mkpath(QStringLiteral("kitchen"));
    place.mkpath(QStringLiteral("archive"));
    const QString project = place.filePath(QStringLiteral("fruit.mwproj"));
    if (!QFile::copy(picture, place.filePath(QStringLiteral("kitchen/table.png"))))
        throw std::runtime_error("cannot write a picture");
    stage.window().openPaths({project, place.filePath(QStringLiteral("kitchen"))});
    stage.wait([&] { return stage.window().canvas()->hasPicture(); });
    stage.drawObjects({places::redApple, places::mug});
    const QTemporaryDir elsewhere;
    stage.window().openPaths({elsewhere.path()});
    stage.wait([&] { return stage.document().images().empty(); });
    place.rename(QStringLiteral("kitchen"), QStringLiteral("archive/kitchen"));
    stage.window().openPaths({project});
    stage.wait([&] {
        return stage.window().messages()->text().contains(QStringLiteral("seem to be in"));
    });
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
    {"opening", opening},
    {"moved-folder", movedFolder},
};

} // namespace

std::span<const Scene> openingScenes()
{
    return all;
}
