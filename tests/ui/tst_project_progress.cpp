// SPDX-License-Identifier: Apache-2.0
// Opening, listing and looking for pictures: told when they take long, and stopped when asked.
#include "held_up.h"
#include "ui/editing/find_image_folder.h"
#include "ui/editing/project_worker.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/project_progress.h"
#include "ui/widgets/project_troubles.h"
#include "window_fixture.h"

#include <QPushButton>
#include <QSignalSpy>

#include <fstream>

using namespace ui;
namespace fs = std::filesystem;

namespace
{

fs::path pathOf(const QString &file)
{
    return fs::path(file.toStdU16String());
}

/// Files that are taken for pictures as long as nobody opens them.
void putNames(const QTemporaryDir &folder, int count)
{
    for (int i = 0; i < count; ++i)
        std::ofstream(pathOf(folder.filePath(QString::number(i) + QStringLiteral(".png"))));
}

} // namespace

class TestProjectProgress : public QObject
{
    Q_OBJECT

    static ProjectProgress &progressOf(WindowFixture &f)
    {
        return *f.window.findChild<ProjectProgress *>(QStringLiteral("projectProgress"));
    }

private Q_SLOTS:
    void openingIsToldAndCanBeStopped()
    {
        QTemporaryDir other;
        WindowFixture::drawPicture(other.filePath("x.png"), {64, 48}, Qt::blue);
        WindowFixture f;
        f.openFolder();
        EVENTUALLY(f.document.busy() == Document::Busy::Nothing);
        ProjectProgress &progress = progressOf(f);
        QVERIFY(progress.isHidden());
        const fs::path before = f.document.projectFile();
        {
            const HeldUp heldUp(f.document);
            f.window.openPaths({other.path()});
            QVERIFY(progress.isHidden()); // not for a moment
            EVENTUALLY(progress.isVisible());
            QVERIFY(f.document.busy() == Document::Busy::Opening);
            progress.findChild<QPushButton *>()->click();
        }
        EVENTUALLY(progress.isHidden());
        EVENTUALLY(f.window.messages()->text().contains("stopped"));
        QCOMPARE(f.document.projectFile(), before);
        QVERIFY(f.canvas().hasPicture());
        QVERIFY(!QFile::exists(other.filePath(project::defaultFileName))); // nothing was made
        // It can be opened all the same, later.
        f.window.openPaths({other.path()});
        EVENTUALLY_EQUAL(f.document.images().front().fileName, std::string("x.png"));
    }

    void lookingForPicturesIsToldAndCanBeStopped()
    {
        // Too far from each other to be found without being looked for.
        QTemporaryDir place;
        QVERIFY(QDir(place.path()).mkpath("pictures/old"));
        QVERIFY(QDir(place.path()).mkpath("project/in"));
        WindowFixture::drawPicture(place.filePath("pictures/old/a.png"), {64, 48}, Qt::gray);
        const QString project = place.filePath("project/in/p.mwproj");
        {
            WindowFixture f;
            f.window.openPaths({project, place.filePath("pictures/old")});
            EVENTUALLY(f.canvas().hasPicture());
            EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
        }
        QVERIFY(QDir(place.path()).mkpath("far/off"));
        QVERIFY(QDir(place.path()).rename("pictures/old", "far/off/er"));
        WindowFixture f;
        f.window.openPaths({project});
        EVENTUALLY(f.window.messages()->text().contains("not in"));
        EVENTUALLY(f.document.busy() == Document::Busy::Nothing);
        ProjectProgress &progress = progressOf(f);
        {
            const HeldUp heldUp(f.document);
            f.window.troubles()->findPictures(place.filePath("far"));
            EVENTUALLY(progress.isVisible());
            QVERIFY(f.document.busy() == Document::Busy::LookingForImages);
            progress.findChild<QPushButton *>()->click();
        }
        EVENTUALLY(progress.isHidden());
        EVENTUALLY(!f.window.messages()->text().isEmpty()); // offered again
        QCOMPARE(f.document.undoStack()->count(), 0);
        QCOMPARE(f.document.imageRoot(), pathOf(place.filePath("pictures/old")));
        f.window.troubles()->findPictures(place.filePath("far"));
        EVENTUALLY(f.canvas().hasPicture());
    }

    void whatIsListedUntilItIsStoppedStays()
    {
        QTemporaryDir folder;
        constexpr int count = 5000;
        putNames(folder, count);
        ProjectWorker worker;
        std::stop_source stop;
        OpenRequest request{{}, pathOf(folder.path()), {}};
        request.patience = std::chrono::milliseconds(0);
        std::size_t joined = 0;
        bool isListed = false;
        connect(&worker, &ProjectWorker::opened, &worker, [&](const OpenedProject &project) {
            joined = project.images->images().size();
            stop.request_stop();
        });
        connect(&worker, &ProjectWorker::imagesJoined, &worker,
                [&](const auto &images) { joined = images->images().size(); });
        connect(&worker, &ProjectWorker::imagesListed, &worker, [&] { isListed = true; });
        worker.open(request, stop.get_token());
        QVERIFY(isListed);
        QVERIFY(joined > 0 && joined < count);
        // So it is in the file, and the rest joins when the folder is opened again.
        const auto saved = [&] {
            return project::ProjectFile(pathOf(folder.filePath(project::defaultFileName)),
                                        project::OpenMode::ReadOnly)
                .load()
                .images.size();
        };
        QCOMPARE(saved(), joined);
        worker.useOpened();
        worker.open(request, {});
        EVENTUALLY_EQUAL(saved(), std::size_t(count));
    }

    void lookingStopsAtOnce()
    {
        QTemporaryDir folder;
        putNames(folder, 3);
        const std::vector<core::ImageRecord> images{{1, "1.png", {}}};
        std::stop_source stop;
        QVERIFY(findImageFolder(pathOf(folder.path()), images, {}, stop.get_token()));
        stop.request_stop();
        QVERIFY(!findImageFolder(pathOf(folder.path()), images, {}, stop.get_token()));
    }
};

QTEST_MAIN(TestProjectProgress)
#include "tst_project_progress.moc"
