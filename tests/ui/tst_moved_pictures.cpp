// SPDX-License-Identifier: Apache-2.0
// Pictures that are not where they were: looked for, offered, and the objects stay with them.
#include "ui/widgets/message_bar.h"
#include "ui/widgets/project_troubles.h"
#include "ui/widgets/task_progress.h"
#include "window_fixture.h"

#include <QLabel>
#include <QPushButton>

#include <filesystem>
#include <fstream>

namespace fs = std::filesystem;

namespace
{

fs::path pathOf(const QString &file)
{
    return fs::path(file.toStdU16String());
}

/// A project with an object in a.png, which is b.png now; the window offers to use it.
void offerRenamed(const QTemporaryDir &folder, WindowFixture &f)
{
    WindowFixture::drawPicture(folder.filePath("a.png"), {64, 48}, Qt::gray);
    QString project;
    {
        WindowFixture before;
        before.window.openPaths({folder.path()});
        EVENTUALLY(before.canvas().hasPicture() && before.service.isReady());
        before.click(30, 20);
        EVENTUALLY(before.session().current());
        before.key(Qt::Key_Return);
        EVENTUALLY_EQUAL(before.document.unsavedCount(), 0);
        project = QString::fromStdU16String(before.document.projectFile().u16string());
    }
    QVERIFY(QFile::rename(folder.filePath("a.png"), folder.filePath("b.png")));
    f.window.openPaths({project});
    EVENTUALLY(f.window.messages()->text().contains("moved or renamed"));
}

} // namespace

class TestMovedPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void movedPicturesAreFoundAgain()
    {
        // Too far from each other to be found without a word.
        QTemporaryDir photos;
        QVERIFY(QDir(photos.path()).mkpath("project/in"));
        QVERIFY(QDir(photos.path()).mkpath("pictures/old"));
        const QString elsewhere = photos.filePath("project/in");
        const QString project = elsewhere + "/p.mwproj";
        WindowFixture::drawPicture(photos.filePath("pictures/old/a.png"), {64, 48}, Qt::gray);
        WindowFixture::drawPicture(photos.filePath("pictures/old/b.png"), {64, 48}, Qt::red);
        const auto open = [&](WindowFixture &f, const QStringList &paths) {
            f.window.openPaths(paths);
            EVENTUALLY(!f.document.isOpening());
        };
        {
            WindowFixture f;
            open(f, {project, photos.filePath("pictures/old")});
            EVENTUALLY(f.canvas().hasPicture());
            EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
        }
        QVERIFY(QDir(photos.path()).mkpath("new/deep"));
        QVERIFY(QDir(photos.path()).rename("pictures/old", "new/deep/er"));
        // Of the same name, but another picture.
        QVERIFY(QDir(photos.path()).mkpath("wrong"));
        WindowFixture::drawPicture(photos.filePath("wrong/a.png"), {64, 48}, Qt::blue);

        WindowFixture f;
        open(f, {project});
        EVENTUALLY(f.window.messages()->text().contains("not in"));
        QVERIFY(!f.canvas().hasPicture());
        f.window.troubles()->findPictures(elsewhere);
        EVENTUALLY(f.window.messages()->text().contains("None of the project's pictures"));
        f.window.troubles()->findPictures(photos.filePath("wrong"));
        EVENTUALLY(f.window.messages()->text().contains("other contents"));
        f.window.troubles()->findPictures(photos.filePath("new"));
        EVENTUALLY(f.canvas().hasPicture());
        QVERIFY(fs::equivalent(f.document.imageRoot(), pathOf(photos.filePath("new/deep/er"))));
        EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
        // And stay found.
        QVERIFY(!project::ProjectFile(pathOf(project), project::OpenMode::ReadOnly)
                     .load()
                     .imagesAreMissing);
    }

    void aMovedPictureIsOfferedWhereItIsNow_data()
    {
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("named");
        QTest::newRow("renamed") << "photos/zebra.png"
                                 << "zebra.png";
        QTest::newRow("into a folder below") << "photos/done/a.png"
                                             << "done/a.png";
    }
    /// Alone, while its neighbours stay, or as the only one there is.
    void aMovedPictureIsOfferedWhereItIsNow()
    {
        QFETCH(QString, to);
        QFETCH(QString, named);
        for (const bool isOnly : {false, true}) {
            QTemporaryDir place;
            QVERIFY(QDir(place.path()).mkpath("photos/done"));
            QVERIFY(QDir(place.path()).mkpath("other"));
            const QString before = place.filePath("photos/a.png");
            WindowFixture::drawPicture(before, {64, 48}, Qt::gray);
            // Of the same size, not to be taken for it; and one that cannot be read.
            WindowFixture::drawPicture(place.filePath("other/a.png"), {64, 48}, Qt::blue);
            std::ofstream(pathOf(place.filePath("photos/zz broken.png"))) << "no picture";
            if (isOnly)
                QVERIFY(QFile::remove(place.filePath("photos/zz broken.png")));
            QString project;
            {
                WindowFixture f;
                f.window.openPaths({isOnly ? before : place.filePath("photos")});
                EVENTUALLY(f.canvas().hasPicture());
                EVENTUALLY(f.service.isReady());
                f.click(30, 20);
                EVENTUALLY(f.session().current());
                f.key(Qt::Key_Return);
                EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
                project = QString::fromStdU16String(f.document.projectFile().u16string());
            }
            if (QFile::exists(place.filePath(to)))
                QVERIFY(QFile::remove(place.filePath(to)));
            QVERIFY(QFile::rename(before, place.filePath(to)));
            {
                WindowFixture f;
                f.window.openPaths({project});
                EVENTUALLY(f.window.messages()->text().contains("the same picture"));
                QVERIFY(!f.canvas().hasPicture());
                f.window.messages()->triggerAction();
                EVENTUALLY(f.canvas().hasPicture());
                const core::ImageRecord &image = *f.document.image(f.window.currentImage());
                QCOMPARE(QString::fromStdString(image.fileName), named);
                QCOMPARE(f.objects().size(), 1U);
                EVENTUALLY(f.window.messages()->text().isEmpty());
                EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
            }
            WindowFixture f; // and it stays found
            f.window.openPaths({project});
            EVENTUALLY(f.canvas().hasPicture());
            QCOMPARE(f.objects().size(), 1U);
        }
    }

    void lookingForAPictureIsToldAndCanBeStopped()
    {
        WindowFixture f;
        f.openFolder();
        EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
        QVERIFY(QFile::rename(f.folder.filePath("a.png"), f.folder.filePath("zebra.png")));
        f.key(Qt::Key_D);
        EVENTUALLY(f.canvas().hasPicture());
        auto *progress = f.window.findChild<ui::TaskProgress *>(QStringLiteral("searchProgress"));
        QVERIFY(progress);
        bool isTold = false;
        QObject once; // after the window's own slot: nothing can have been found yet
        connect(&f.service, &ui::SegmentationService::imageFailed, &once, [&] {
            isTold = progress->findChild<QLabel *>()->text().contains("Looking for the picture");
            progress->findChild<QPushButton *>()->click();
        });
        f.key(Qt::Key_A);
        EVENTUALLY(f.window.messages()->text().contains("any further"));
        QVERIFY(isTold);
        QVERIFY(progress->isHidden());
        f.window.messages()->triggerAction(); // look again
        EVENTUALLY(f.window.messages()->text().contains("zebra.png"));
        QVERIFY(progress->isHidden());
    }

    /// Its name would lead out of the folder, which no export takes.
    void aPictureInAFolderBesideIsToldAndNotTaken()
    {
        QTemporaryDir place;
        for (const char *folder : {"photos", "other"})
            QVERIFY(QDir(place.path()).mkpath(folder));
        for (const char *name : {"photos/a.png", "photos/b.png"})
            WindowFixture::drawPicture(place.filePath(name), {64, 48},
                                       *(name + 7) == 'a' ? Qt::gray : Qt::red);
        QString project;
        {
            WindowFixture f;
            f.window.openPaths({place.filePath("photos")});
            EVENTUALLY(f.canvas().hasPicture());
            EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
            project = QString::fromStdU16String(f.document.projectFile().u16string());
        }
        QVERIFY(QFile::rename(place.filePath("photos/a.png"), place.filePath("other/z.png")));
        WindowFixture f;
        f.window.openPaths({project});
        EVENTUALLY(f.window.messages()->text().contains("moved out of its folder"));
        QVERIFY(f.window.messages()->text().contains("z.png"));
        f.window.messages()->triggerAction(); // there is none
        QCOMPARE(f.document.image(f.window.currentImage())->fileName, std::string("a.png"));
        // Back anywhere in the folder it is found.
        QVERIFY(QFile::rename(place.filePath("other/z.png"), place.filePath("photos/z.png")));
        f.key(Qt::Key_D);
        EVENTUALLY(f.canvas().hasPicture());
        f.key(Qt::Key_A);
        EVENTUALLY(f.window.messages()->text().contains("moved or renamed"));
        f.window.messages()->triggerAction();
        EVENTUALLY(f.canvas().hasPicture());
        QCOMPARE(f.document.image(f.window.currentImage())->fileName, std::string("z.png"));
    }

    void usingItThereIsAStep()
    {
        QTemporaryDir folder;
        QString project;
        {
            WindowFixture f;
            offerRenamed(folder, f);
            const core::Id image = f.window.currentImage();
            const auto name = [&] { return f.document.image(image)->fileName; };
            f.window.messages()->triggerAction();
            EVENTUALLY(f.canvas().hasPicture());
            EVENTUALLY_EQUAL(f.document.undoStack()->count(), 1);
            QVERIFY(f.document.undoStack()->undoText().contains("b.png"));
            QCOMPARE(f.objects().size(), 1U);
            f.window.actions()[ui::ActionId::Undo]->trigger();
            EVENTUALLY_EQUAL(name(), std::string("a.png"));
            EVENTUALLY(!f.canvas().hasPicture()); // its file is not there
            f.window.actions()[ui::ActionId::Redo]->trigger();
            EVENTUALLY_EQUAL(name(), std::string("b.png"));
            EVENTUALLY(f.canvas().hasPicture());
            // Quicker than names are given: the last word counts.
            f.document.undoStack()->undo();
            f.document.undoStack()->redo();
            f.document.undoStack()->undo();
            EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
            EVENTUALLY_EQUAL(name(), std::string("a.png"));
            QCOMPARE(f.document.undoStack()->count(), 1);
            project = QString::fromStdU16String(f.document.projectFile().u16string());
        }
        WindowFixture f; // and on the disk it is as before
        f.window.openPaths({project});
        EVENTUALLY(f.window.messages()->text().contains("moved or renamed"));
        QCOMPARE(f.document.image(f.window.currentImage())->fileName, std::string("a.png"));
    }

    void anOfferTakenWhileTheFolderIsListedBecomesAnother()
    {
        QTemporaryDir folder;
        WindowFixture f;
        offerRenamed(folder, f);
        const core::Id image = f.window.currentImage();
        f.document.open({{}, pathOf(folder.path()), {}}); // b.png joins
        f.window.messages()->triggerAction();
        EVENTUALLY(f.window.messages()->text().contains("the pixels are the same"));
        f.window.messages()->triggerAction();
        EVENTUALLY(f.canvas().hasPicture());
        QVERIFY(f.window.currentImage() != image);
        QCOMPARE(f.objects().size(), 1U);
        EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
    }

    void anOfferGoesWithItsProject()
    {
        QTemporaryDir folder, other;
        WindowFixture::drawPicture(other.filePath("x.png"), {64, 48}, Qt::blue);
        WindowFixture f;
        offerRenamed(folder, f);
        f.document.open({{}, pathOf(other.path()), {}});
        EVENTUALLY(f.canvas().hasPicture());
        EVENTUALLY(f.window.messages()->text().isEmpty());
        f.window.messages()->triggerAction();
        EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
        QCOMPARE(f.document.images().front().fileName, std::string("x.png"));
    }

    void objectsGoWithAPictureThatJoinedUnderItsNewName()
    {
        QTemporaryDir folder;
        WindowFixture::drawPicture(folder.filePath("a.png"), {64, 48}, Qt::gray);
        {
            WindowFixture f;
            f.window.openPaths({folder.path()});
            EVENTUALLY(f.canvas().hasPicture());
            EVENTUALLY(f.service.isReady());
            f.click(30, 20);
            EVENTUALLY(f.session().current());
            f.key(Qt::Key_Return);
            EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
        }
        QVERIFY(QFile::rename(folder.filePath("a.png"), folder.filePath("b.png")));
        WindowFixture f;
        f.window.openPaths({folder.path()}); // b.png joins
        EVENTUALLY_EQUAL(f.document.images().size(), 2U);
        EVENTUALLY(f.window.currentImage());
        if (f.document.image(f.window.currentImage())->fileName == "b.png")
            f.key(Qt::Key_A);
        EVENTUALLY(f.window.messages()->text().contains("the pixels are the same"));
        f.window.messages()->triggerAction();
        EVENTUALLY(f.canvas().hasPicture());
        QCOMPARE(f.document.image(f.window.currentImage())->fileName, std::string("b.png"));
        QCOMPARE(f.objects().size(), 1U);
        f.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(f.objects().size(), 0U);
    }

    void allPicturesInAFolderBesideAreOffered()
    {
        QTemporaryDir place;
        QVERIFY(QDir(place.path()).mkpath("old"));
        WindowFixture::drawPicture(place.filePath("old/a.png"), {64, 48}, Qt::gray);
        WindowFixture::drawPicture(place.filePath("old/b.png"), {64, 48}, Qt::red);
        const QString project = place.filePath("p.mwproj");
        {
            WindowFixture f;
            f.window.openPaths({project, place.filePath("old")});
            EVENTUALLY(f.canvas().hasPicture());
            EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
        }
        QVERIFY(QDir(place.path()).mkpath("new"));
        QVERIFY(QDir(place.path()).rename("old", "new/er"));
        WindowFixture f;
        f.window.openPaths({project});
        EVENTUALLY(f.window.messages()->text().contains("seem to be in"));
        f.window.messages()->triggerAction();
        EVENTUALLY(f.canvas().hasPicture());
        QVERIFY(fs::equivalent(f.document.imageRoot(), pathOf(place.filePath("new/er"))));
        EVENTUALLY(f.window.messages()->text().contains("are used now"));
        // A step like every other one: taken back, the offer is made again.
        f.window.actions()[ui::ActionId::Undo]->trigger();
        EVENTUALLY(!f.canvas().hasPicture());
        EVENTUALLY(f.window.messages()->text().contains("seem to be in"));
        QCOMPARE(f.document.imageRoot(), pathOf(place.filePath("old")));
        f.window.actions()[ui::ActionId::Redo]->trigger();
        EVENTUALLY(f.canvas().hasPicture());
        EVENTUALLY(f.window.messages()->text().contains("are used now"));
        QVERIFY(fs::equivalent(f.document.imageRoot(), pathOf(place.filePath("new/er"))));
    }
};

QTEST_MAIN(TestMovedPictures)
#include "tst_moved_pictures.moc"
