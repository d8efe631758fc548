// SPDX-License-Identifier: Apache-2.0
// Ten thousand random edits: what was undone to the start and redone to the end is the same to the
// byte, in memory and in the file, and the lists follow every step.
#include "document_bytes.h"
#include "random_edits.h"
#include "ui/editing/annotation_list_model.h"
#include "ui/editing/category_list_model.h"
#include "ui/editing/image_list_model.h"

#include <QAbstractItemModelTester>
#include <QCryptographicHash>
#include <QtTest>

using namespace ui;

namespace
{

QByteArray digestOf(const Document &document)
{
    return QCryptographicHash::hash(bytesOf(document), QCryptographicHash::Md5);
}

} // namespace

class TestRandomEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // Thirty thousand transactions wait for the disk thirty thousand times; memory will do.
        if (QFileInfo(QStringLiteral("/dev/shm")).isWritable())
            qputenv("TMPDIR", "/dev/shm");
    }

    void undoneToTheStartAndRedoneToTheEndIsTheSameToTheByte()
    {
        PictureFolder folder(4);
        Document document;
        folder.openIn(document);
        addCategory(document, QStringLiteral("first"));
        document.undoStack()->clear();
        const QByteArray start = bytesOf(document);

        std::mt19937 random(20'240'607);
        std::vector<QByteArray> states{digestOf(document)};
        while (states.size() <= 10'000) {
            const int before = document.undoStack()->count();
            editAtRandom(document, random);
            if (document.undoStack()->count() > before)
                states.push_back(digestOf(document));
        }
        const QByteArray end = bytesOf(document);
        QVERIFY(end != start);
        QVERIFY(document.waitForSaved(300'000));
        QVERIFY(bytesOf(document.projectFile()) == end);

        for (std::size_t i = states.size() - 1; i-- > 0;) {
            document.undoStack()->undo();
            QVERIFY2(digestOf(document) == states[i], qPrintable(QString::number(i)));
        }
        QVERIFY(bytesOf(document) == start);
        QVERIFY(document.waitForSaved(300'000));
        QVERIFY(bytesOf(document.projectFile()) == start);

        for (std::size_t i = 1; i < states.size(); ++i) {
            document.undoStack()->redo();
            QVERIFY2(digestOf(document) == states[i], qPrintable(QString::number(i)));
        }
        QVERIFY(bytesOf(document) == end);
        QVERIFY(document.waitForSaved(300'000));
        QVERIFY(bytesOf(document.projectFile()) == end);
    }

    void theListsFollowEveryStep()
    {
        PictureFolder folder(3);
        Document document;
        CategoryListModel categories(document);
        AnnotationListModel annotations(document);
        ImageListModel images(document);
        using Mode = QAbstractItemModelTester::FailureReportingMode;
        const QAbstractItemModelTester testers[]{
            {&categories, Mode::QtTest}, {&annotations, Mode::QtTest}, {&images, Mode::QtTest}};
        folder.openIn(document);
        annotations.setImage(document.images()[1].id);
        images.setSearch(QStringLiteral("PNG"));

        const auto compare = [&] {
            const auto wantedCategories = document.categories();
            QCOMPARE(categories.rowCount(), int(wantedCategories.size()));
            for (int row = 0; row < categories.rowCount(); ++row)
                QCOMPARE(categories.index(row).data().toString().toStdString(),
                         wantedCategories[std::size_t(row)].name);
            const auto wanted = document.annotations(annotations.image());
            QCOMPARE(annotations.rowCount(), int(wanted.size()));
            for (int row = 0; row < annotations.rowCount(); ++row) {
                QCOMPARE(annotations.idAt(row), wanted[std::size_t(row)]->annotation.id);
                QCOMPARE(annotations.rowOf(annotations.idAt(row)), row);
                QCOMPARE(
                    annotations.index(row).data(AnnotationListModel::CategoryIdRole).toLongLong(),
                    wanted[std::size_t(row)]->annotation.categoryId);
            }
            for (int row = 0; row < images.rowCount(); ++row)
                QCOMPARE(images.index(row).data(ImageListModel::CountRole).toInt(),
                         document.annotationCount(images.idAt(row)));
        };
        std::mt19937 random(7);
        for (int i = 0; i < 400; ++i) {
            if (random() % 3 == 0)
                document.undoStack()->setIndex(
                    int(random() % unsigned(document.undoStack()->count() + 1)));
            else
                editAtRandom(document, random);
            compare();
            if (QTest::currentTestFailed())
                return;
        }
    }
};

QTEST_GUILESS_MAIN(TestRandomEdits)
#include "tst_random_edits.moc"
