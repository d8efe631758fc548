// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/document.h"

#include "core/error.h"
#include "picture_folder.h"
#include "tests/as_nobody.h"
#include "ui/editing/edits.h"
#include "ui/editing/image_list_model.h"

#include <QAbstractItemModelTester>
#include <QtTest>

#include <fstream>

using namespace ui;

namespace
{

/// All of a document, or of a file, to compare by value.
struct Values {
    std::vector<core::Category> categories;
    std::vector<project::AnnotationRecord> annotations;
    bool operator==(const Values &) const = default;
};

Values valuesOf(const Document &document)
{
    const DatasetSnapshot snapshot = document.snapshot();
    Values values{snapshot.categories, {}};
    for (const auto &record : snapshot.annotations)
        values.annotations.push_back(*record);
    return values;
}

Values valuesOf(const std::filesystem::path &file)
{
    const project::Contents contents =
        project::ProjectFile(file, project::OpenMode::ReadOnly).load();
    Values values{contents.categories, {}};
    for (const auto &record : contents.annotations)
        values.annotations.push_back(*record);
    return values;
}

project::AnnotationRecord newRecord(const Document &document, core::Id category, unsigned seed)
{
    project::AnnotationRecord record;
    record.annotation = {0, document.images()[seed % document.images().size()].id, category,
                         runMask(seed % 1000, 1 + seed % 500), false};
    record.prompt.points.push_back({{double(seed % 60), 3}, core::PointLabel::Foreground});
    return record;
}

} // namespace

class TestDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFolderOpensInNaturalOrder()
    {
        PictureFolder folder(11);
        Document document;
        folder.openIn(document);
        QCOMPARE(document.images().size(), std::size_t(11));
        QCOMPARE(document.images()[1].fileName, std::string("2.png"));
        QCOMPARE(document.images()[10].fileName, std::string("11.png"));
        QVERIFY(std::filesystem::exists(document.imagePath(document.images()[3].id)));
        QVERIFY(std::filesystem::exists(folder.path() / project::defaultFileName));
    }

    void everyEditTellsTheImagesItTouches()
    {
        PictureFolder folder(2);
        Document document;
        folder.openIn(document);
        QSignalSpy changed(&document, &Document::annotationsChanged);
        const core::Id first = addAnnotation(document, newRecord(document, 0, 0));
        addAnnotation(document, newRecord(document, 0, 1));
        QCOMPARE(changed.count(), 2);
        changed.clear();
        deleteCategory(document, document.annotation(first)->annotation.categoryId);
        QCOMPARE(changed.count(), 2); // both images lost an object
        QCOMPARE(document.annotationCount(document.images()[0].id), 0);
        document.undoStack()->undo();
        QCOMPARE(document.annotationCount(document.images()[0].id), 1);
    }

    void withoutACategoryTheFirstObjectMakesOneInTheSameStep()
    {
        PictureFolder folder(1);
        Document document;
        folder.openIn(document);
        addAnnotation(document, newRecord(document, 0, 5));
        QCOMPARE(document.categories().size(), std::size_t(1));
        QCOMPARE(document.undoStack()->count(), 1);
        document.undoStack()->undo();
        QVERIFY(document.categories().empty());
        QVERIFY(document.snapshot().annotations.empty());
    }

    void categoryNamesAreTakenOnce()
    {
        PictureFolder folder(1);
        Document document;
        folder.openIn(document);
        const core::Id car = addCategory(document, QStringLiteral(" car "));
        const core::Id person = addCategory(document, QStringLiteral("person"));
        QCOMPARE(addCategory(document, QStringLiteral("car")), car);
        QCOMPARE(addCategory(document, QStringLiteral("  ")), core::Id(0));
        QVERIFY(!renameCategory(document, person, QStringLiteral("car")));
        QVERIFY(!renameCategory(document, person, QString()));
        QCOMPARE(document.undoStack()->count(), 2);
        QVERIFY(document.category(car)->color != document.category(person)->color);
    }

    void openedAgainEverythingIsThereAndOldIdsStayUsed()
    {
        PictureFolder folder(2);
        Values before;
        core::Id deleted = 0;
        {
            Document document;
            folder.openIn(document);
            addAnnotation(document, newRecord(document, 0, 4));
            deleted = addAnnotation(document, newRecord(document, 0, 5));
            deleteAnnotations(document, std::array{deleted});
            document.setImageSize(document.images()[0].id, {64, 48});
            before = valuesOf(document);
        } // the end of a document saves what is left
        folder.add(QStringLiteral("10.png"));
        Document document;
        folder.openIn(document);
        QVERIFY(valuesOf(document) == before);
        QCOMPARE(document.images().size(), std::size_t(3));
        QCOMPARE(document.images()[0].size, (core::Size{64, 48}));
        QVERIFY(document.newAnnotationId() > deleted);
    }

    void picturesInSubfoldersJoinUnderTheirPaths()
    {
        PictureFolder folder(2);
        std::filesystem::create_directories(folder.path() / "10" / "deep");
        std::filesystem::create_directory_symlink(folder.path(), folder.path() / "10" / "loop");
        folder.add(QStringLiteral("10/deep/a.png"));
        folder.add(QStringLiteral("10/b.png"));
        Document document;
        folder.openIn(document);
        QStringList names;
        for (const core::ImageRecord &image : document.images()) {
            names << QString::fromStdString(image.fileName);
            QVERIFY(std::filesystem::exists(document.imagePath(image.id)));
        }
        QCOMPARE(names, QStringList({"1.png", "2.png", "10/b.png", "10/deep/a.png"}));
    }

    void aLargeFolderIsShownBeforeItIsListed()
    {
        PictureFolder folder(1);
        constexpr int count = 9000;
        for (int i = 2; i <= count; ++i)
            std::ofstream(folder.path() / (std::to_string(i) + ".png"));
        Document document;
        ImageListModel model(document);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::size_t shown = 0;
        connect(&document, &Document::opened, this, [&] { shown = document.images().size(); });
        OpenRequest request{{}, folder.path(), {}};
        request.patience = std::chrono::milliseconds(0);
        document.open(request);
        QTRY_VERIFY_WITH_TIMEOUT(shown > 0, 60'000);
        QVERIFY(shown < count);
        // Work begins at once, and is saved before the list is whole or after.
        const core::Id image = document.images().front().id;
        const core::Id object = addAnnotation(document, {{0, image, 0, runMask(3, 4), false}, {}});
        document.setImageSize(image, {64, 48});
        QTRY_COMPARE_WITH_TIMEOUT(document.images().size(), std::size_t(count), 60'000);
        QCOMPARE(model.rowCount(), count);
        QCOMPARE(document.images()[count - 1].fileName, std::to_string(count) + ".png");
        QCOMPARE(document.image(image)->size, (core::Size{64, 48}));
        QVERIFY(document.annotation(object));
        QCOMPARE(model.idAt(model.rowOf(image)), image);
        QVERIFY(document.waitForSaved(60'000));
        QTRY_COMPARE_WITH_TIMEOUT(
            project::ProjectFile(document.projectFile(), project::OpenMode::ReadOnly)
                .load()
                .images.size(),
            std::size_t(count), 60'000);
    }

    void oneMorePictureJoinsTheOpenProject()
    {
        PictureFolder folder(2);
        Document document;
        folder.openIn(document);
        addAnnotation(document, newRecord(document, 0, 4));
        const auto added = folder.add(QStringLiteral("later.png"));
        QSignalSpy opened(&document, &Document::opened);
        document.open({{}, {}, {added}, project::OpenMode::ReadWrite});
        QVERIFY(opened.wait(20000));
        QCOMPARE(document.images().size(), std::size_t(3));
        QCOMPARE(document.imagePath(opened[0][0].value<core::Id>()).filename().string(),
                 std::string("later.png"));
        QCOMPARE(document.undoStack()->count(), 1); // what was done can still be undone
    }

    /// The one that is being listed has the name already: it would be there twice, and nothing
    /// could be saved any more.
    void aNameThatIsBeingListedIsNotTaken()
    {
        PictureFolder folder(1);
        Document document;
        folder.openIn(document);
        const core::Id image = document.images()[0].id;
        addAnnotation(document, newRecord(document, 0, 0));
        QVERIFY(document.waitForSaved(20000));
        const auto renamed = folder.add(QStringLiteral("renamed.png"), 1);
        QSignalSpy kept(&document, &Document::imageNotMoved);
        QSignalSpy failed(&document, &Document::saveFailed);
        document.open({{}, folder.path(), {}, project::OpenMode::ReadWrite});
        QVERIFY(document.moveImage(image, renamed)); // nothing is known of it here
        QVERIFY(kept.wait(20000));
        QCOMPARE(kept[0][0].value<core::Id>(), image);
        QVERIFY(document.imageAt(kept[0][1].toString().toStdU16String()) > 0);
        QCOMPARE(document.images().size(), std::size_t(2));
        QCOMPARE(document.image(image)->fileName, std::string("1.png"));
        addCategory(document, QStringLiteral("car"));
        QVERIFY(document.waitForSaved(20000));
        QCOMPARE(failed.count(), 0);
        QVERIFY(valuesOf(document.projectFile()) == valuesOf(document));
    }

    void aPictureReplacedByOneOfAnotherSizeKeepsTheMasksSize()
    {
        PictureFolder folder(1);
        Document document;
        folder.openIn(document);
        const core::Id image = document.images()[0].id;
        QVERIFY(document.setImageSize(image, {10, 10}));
        QVERIFY(document.setImageSize(image, {PictureFolder::width, PictureFolder::height}));
        addAnnotation(document, newRecord(document, 0, 0));
        QVERIFY(!document.setImageSize(image, {10, 10}));
        QCOMPARE(document.image(image)->size,
                 (core::Size{PictureFolder::width, PictureFolder::height}));
        QVERIFY(!document.setImageSize(99, {10, 10}));
    }

    void aFolderThatMayNotBeWrittenToHasItsProjectInTheDataDirectory()
    {
        PictureFolder folder(2);
        QTemporaryDir data;
        std::filesystem::permissions(data.path().toStdString(), std::filesystem::perms(0777));
        std::filesystem::permissions(folder.path(), std::filesystem::perms(0555));
        qputenv("XDG_DATA_HOME", data.path().toUtf8());
        {
            const AsNobody nobody;
            for (int time = 1; time <= 2; ++time) { // found again the second time
                Document document;
                QSignalSpy notice(&document, &Document::notice);
                folder.openIn(document);
                QTRY_COMPARE_WITH_TIMEOUT(notice.count(), 1, 20000);
                QVERIFY(document.projectFile().string().starts_with(data.path().toStdString()));
                QCOMPARE(document.images()[0].fileName, std::string("1.png"));
                QVERIFY(std::filesystem::exists(document.imagePath(document.images()[0].id)));
                addAnnotation(document, newRecord(document, 0, 4));
                QVERIFY(document.waitForSaved(20000));
                QCOMPARE(document.snapshot().annotations.size(), std::size_t(time));
            }
        }
        std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
        QVERIFY(!std::filesystem::exists(folder.path() / project::defaultFileName));
    }

    void aFailedOpenLeavesWhatIsThere()
    {
        PictureFolder folder(2);
        Document document;
        folder.openIn(document);
        QSignalSpy failed(&document, &Document::openFailed);
        document.open({{}, {}, {folder.path() / "none.png"}, project::OpenMode::ReadWrite});
        QVERIFY(failed.wait(20000));
        QCOMPARE(failed[0][0].value<core::ErrorKind>(), core::ErrorKind::FileNotFound);
        QCOMPARE(document.images().size(), std::size_t(2));
        addAnnotation(document, newRecord(document, 0, 4));
        QVERIFY(document.waitForSaved(20000));
    }

    void editsMadeWhileAnotherProjectOpensGoWhereTheyBelong()
    {
        PictureFolder first(1), second(1);
        Document document;
        first.openIn(document);
        const auto file = document.projectFile();
        QSignalSpy opened(&document, &Document::opened);
        document.open({{}, second.path(), {}, project::OpenMode::ReadWrite});
        addAnnotation(document, newRecord(document, 0, 4));
        const Values made = valuesOf(document);
        QVERIFY(opened.wait(20000));
        QVERIFY(document.waitForSaved(20000));
        QVERIFY(valuesOf(file) == made);
        QVERIFY(valuesOf(document) == Values());
        QVERIFY(valuesOf(document.projectFile()) == Values());
    }

    void aReadOnlyProjectRefusesEdits()
    {
        PictureFolder folder(1);
        Document writer;
        folder.openIn(writer);
        Document reader;
        QSignalSpy failed(&reader, &Document::openFailed);
        reader.open({{}, folder.path(), {}, project::OpenMode::ReadWrite});
        QVERIFY(failed.wait(20000));
        QCOMPARE(failed[0][0].value<core::ErrorKind>(), core::ErrorKind::ProjectLocked);
        QSignalSpy opened(&reader, &Document::opened);
        reader.open({{}, folder.path(), {}, project::OpenMode::ReadOnly});
        QVERIFY(opened.wait(20000));
        QSignalSpy refused(&reader, &Document::editRefused);
        QCOMPARE(addCategory(reader, QStringLiteral("car")), core::Id(0));
        QCOMPARE(refused.count(), 1);
        QVERIFY(reader.categories().empty());
    }
};

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
