// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/document.h"

#include "core/error.h"
#include "picture_folder.h"
#include "tests/as_nobody.h"
#include "ui/editing/edits.h"

#include <QtTest>

#include <random>

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

/// One random edit; some of them change nothing and push nothing.
void edit(Document &document, std::mt19937 &random)
{
    const auto pick = [&random](std::size_t count) { return count == 0 ? 0 : random() % count; };
    std::vector<core::Id> annotations;
    for (const auto &record : document.snapshot().annotations)
        annotations.push_back(record->annotation.id);
    std::vector<core::Id> categories;
    for (const core::Category &category : document.categories())
        categories.push_back(category.id);
    const core::Id annotation = annotations.empty() ? 0 : annotations[pick(annotations.size())];
    const core::Id category = categories.empty() ? 0 : categories[pick(categories.size())];
    const QString name = QStringLiteral("name %1").arg(random() % 30);
    switch (random() % 9) {
    case 0:
        addCategory(document, name);
        break;
    case 1:
        renameCategory(document, category, name);
        break;
    case 2:
        recolorCategory(document, category, QColor::fromRgb(unsigned(random()) & 0xFFFFFF));
        break;
    case 3:
        if (random() % 4 == 0)
            deleteCategory(document, category);
        break;
    case 4:
        if (const auto record = document.annotation(annotation)) {
            project::AnnotationRecord changed = *record;
            changed.annotation.mask = runMask(unsigned(random() % 1000), 7);
            replaceAnnotation(document, changed);
        }
        break;
    case 5: {
        std::vector<core::Id> some(annotations.begin(),
                                   annotations.begin() +
                                       std::ptrdiff_t(pick(annotations.size() + 1) / 2));
        deleteAnnotations(document, some);
        break;
    }
    case 6:
        setCategory(document, annotations, category);
        break;
    default:
        addAnnotation(document, newRecord(document, category, unsigned(random())));
    }
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

    void undoneToTheStartAndRedoneToTheEndIsTheSame_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 3; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    void undoneToTheStartAndRedoneToTheEndIsTheSame()
    {
        QFETCH(unsigned, seed);
        PictureFolder folder(4);
        Document document;
        folder.openIn(document);
        addCategory(document, QStringLiteral("first"));
        document.undoStack()->clear();

        std::mt19937 random(seed);
        std::vector<Values> states{valuesOf(document)};
        while (states.size() < 60) {
            const int before = document.undoStack()->count();
            edit(document, random);
            if (document.undoStack()->count() > before)
                states.push_back(valuesOf(document));
        }
        const auto saved = [&] {
            return document.waitForSaved(20000) &&
                   valuesOf(document.projectFile()) == valuesOf(document);
        };
        QVERIFY(saved());
        for (std::size_t i = states.size() - 1; i-- > 0;) {
            document.undoStack()->undo();
            QVERIFY(valuesOf(document) == states[i]);
        }
        QVERIFY(saved());
        for (std::size_t i = 1; i < states.size(); ++i) {
            document.undoStack()->redo();
            QVERIFY(valuesOf(document) == states[i]);
        }
        QVERIFY(saved());
        // and a random walk
        int place = int(states.size()) - 1;
        for (int i = 0; i < 15; ++i) {
            place = int(random() % states.size());
            document.undoStack()->setIndex(place);
            QVERIFY(valuesOf(document) == states[std::size_t(place)]);
        }
        QVERIFY(saved());
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
