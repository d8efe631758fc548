// SPDX-License-Identifier: Apache-2.0
// A folder of pictures that was moved and found again: one step, back and forth, on the disk too.
#include "document_bytes.h"
#include "picture_folder.h"
#include "ui/editing/edits.h"

#include <QtTest>

#include <array>
#include <random>

using namespace ui;
namespace fs = std::filesystem;

namespace
{

/// A project in "project" whose two pictures were in "old" when it was made.
class Place
{
public:
    Place()
    {
        fs::create_directories(path("project"));
        putPictures("old");
        Document document;
        QSignalSpy opened(&document, &Document::opened);
        document.open({project(), path("old"), {}, project::OpenMode::ReadWrite});
        QVERIFY(opened.wait(60'000));
        addCategory(document, QStringLiteral("car"));
        QVERIFY(document.waitForSaved(60'000));
    }
    fs::path path(const char *name) const
    {
        return fs::path(m_directory.path().toStdU16String()) / name;
    }
    fs::path project() const { return path("project") / "p.mwproj"; }
    void putPictures(const char *folder) const
    {
        fs::create_directories(path(folder));
        const PictureFolder pictures(2);
        fs::copy(pictures.path(), path(folder), fs::copy_options::recursive);
    }
    void openIn(Document &document, project::OpenMode mode = project::OpenMode::ReadWrite) const
    {
        QSignalSpy opened(&document, &Document::opened);
        document.open({project(), {}, {}, mode});
        QVERIFY(opened.wait(60'000));
    }
    void find(Document &document, const char *folder) const
    {
        QSignalSpy changed(&document, &Document::imageRootChanged);
        document.findImages(path(folder));
        QVERIFY(changed.wait(60'000));
    }

private:
    QTemporaryDir m_directory;
};

void addObject(Document &document, unsigned first)
{
    project::AnnotationRecord record;
    record.annotation = {0, document.images().front().id, 0, runMask(first, 9), false};
    addAnnotation(document, std::move(record));
}

/// Where the pictures are, what they are called, and the user's work.
QByteArray stateOf(const Document &document)
{
    QByteArray state = bytesOf(document) + document.imageRoot().generic_string().c_str();
    for (const core::ImageRecord &image : document.images())
        state += document.imagePath(image.id).generic_string().c_str();
    return state;
}

} // namespace

class TestImageFolderMove : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFolderThatIsFoundIsAStep()
    {
        Place place;
        fs::create_directories(place.path("new"));
        fs::rename(place.path("old"), place.path("new") / "er");
        QByteArray end;
        {
            Document document;
            QSignalSpy missing(&document, &Document::imagesMissing);
            place.openIn(document);
            QCOMPARE(missing.count(), 1);
            addObject(document, 3);
            const QByteArray start = stateOf(document);
            const int before = document.undoStack()->count();
            place.find(document, "new");
            QCOMPARE(document.imageRoot(), place.path("new") / "er");
            QCOMPARE(document.undoStack()->count(), before + 1);
            QVERIFY(document.undoStack()->undoText().contains(QStringLiteral("new/er")));
            QVERIFY(document.undoStack()->undoText().startsWith(
                QStringLiteral("Use the pictures in ")));
            QCOMPARE(missing.count(), 1);
            const QByteArray found = stateOf(document);
            QVERIFY(found != start);
            addObject(document, 40);
            end = stateOf(document);

            QUndoStack &history = *document.undoStack();
            history.undo();
            QVERIFY(stateOf(document) == found);
            history.undo();
            QVERIFY(document.waitForSaved(60'000));
            QTRY_VERIFY_WITH_TIMEOUT(stateOf(document) == start, 60'000);
            QCOMPARE(missing.count(), 2); // the user is asked again
            const project::Contents old =
                project::ProjectFile(place.project(), project::OpenMode::ReadOnly).load();
            QCOMPARE(old.imageRoot, place.path("old"));
            QVERIFY(old.imagesAreMissing);
            history.setIndex(0);
            history.setIndex(history.count());
            QVERIFY(document.waitForSaved(60'000));
            QTRY_VERIFY_WITH_TIMEOUT(stateOf(document) == end, 60'000);
            QVERIFY(bytesOf(place.project()) == bytesOf(document));
        }
        Document document; // and so it is opened
        QSignalSpy missing(&document, &Document::imagesMissing);
        place.openIn(document);
        QVERIFY(stateOf(document) == end);
        QCOMPARE(missing.count(), 0);
    }

    void anywhereInTheHistoryTheDiskAgrees()
    {
        Place place;
        constexpr std::array folders{"a", "b", "c"};
        for (const char *folder : folders)
            place.putPictures(folder);
        Document document;
        place.openIn(document);
        QUndoStack &history = *document.undoStack();
        std::vector<QByteArray> states{stateOf(document)}; // at each place in the history
        std::mt19937 random(11);
        for (int i = 0; i < 120; ++i) {
            if (random() % 3 == 0) {
                const int index = int(random() % unsigned(history.count() + 1));
                history.setIndex(index);
                QTRY_VERIFY_WITH_TIMEOUT(stateOf(document) == states[std::size_t(index)], 60'000);
                continue;
            }
            const int before = history.index();
            if (random() % 3 == 0) {
                const char *folder = folders[random() % folders.size()];
                const bool isOther = document.imageRoot() != place.path(folder);
                place.find(document, folder);
                QCOMPARE(document.imageRoot(), place.path(folder));
                QCOMPARE(history.index(), before + (isOther ? 1 : 0));
            } else {
                addObject(document, unsigned(random() % 1000));
            }
            states.resize(std::size_t(history.index()));
            states.push_back(stateOf(document));
        }
        QVERIFY(history.count() > 10);
        for (const int index : {0, history.count()}) {
            history.setIndex(index);
            QVERIFY(document.waitForSaved(60'000));
            QTRY_VERIFY_WITH_TIMEOUT(stateOf(document) == states[std::size_t(index)], 60'000);
            QVERIFY(bytesOf(place.project()) == bytesOf(document));
            QCOMPARE(
                project::ProjectFile(place.project(), project::OpenMode::ReadOnly).load().imageRoot,
                document.imageRoot());
        }
    }

    /// Stepping back and forth faster than the disk: the last word counts.
    void stepsThatOvertakeEachOther()
    {
        Place place;
        place.putPictures("new");
        Document document;
        place.openIn(document);
        QUndoStack &history = *document.undoStack();
        QSignalSpy changed(&document, &Document::imageRootChanged);
        for (int time = 0; time < 2; ++time)
            document.findImages(place.path("new"));
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 2, 60'000);
        QCOMPARE(history.count(), 1);
        for (int i = 0; i < 20; ++i) {
            history.undo();
            history.redo();
        }
        history.undo();
        document.open({place.project(), place.path("old"), {}, project::OpenMode::ReadWrite});
        QVERIFY(document.waitForSaved(60'000));
        QTRY_COMPARE_WITH_TIMEOUT(document.imageRoot(), place.path("old"), 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(!document.isOpening(), 60'000);
        QCOMPARE(document.imageRoot(), place.path("old"));
        QCOMPARE(document.images().size(), std::size_t(2)); // none joined under another name
    }

    void whereNothingIsSavedItIsNoStep()
    {
        Place place;
        fs::rename(place.path("old"), place.path("new"));
        {
            Document document;
            place.openIn(document, project::OpenMode::ReadOnly);
            place.find(document, "new");
            QCOMPARE(document.imageRoot(), place.path("new"));
            QCOMPARE(document.undoStack()->count(), 0);
            QCOMPARE(document.unsavedCount(), 0);
        }
        QVERIFY(project::ProjectFile(place.project(), project::OpenMode::ReadOnly)
                    .load()
                    .imagesAreMissing);
    }
};

QTEST_GUILESS_MAIN(TestImageFolderMove)
#include "tst_image_folder_move.moc"
