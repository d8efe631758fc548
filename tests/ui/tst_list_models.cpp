// SPDX-License-Identifier: Apache-2.0
#include "core/image/natural_order.h"
#include "picture_folder.h"
#include "ui/editing/annotation_list_model.h"
#include "ui/editing/category_list_model.h"
#include "ui/editing/edits.h"
#include "ui/editing/image_list_model.h"

#include <QAbstractItemModelTester>
#include <QColor>
#include <QtTest>

#include <algorithm>
#include <random>

using namespace ui;
using Mode = QAbstractItemModelTester::FailureReportingMode;

class TestListModels : public QObject
{
    Q_OBJECT

private:
    static core::Id add(Document &document, std::size_t image, unsigned seed, core::Id category = 0)
    {
        return addAnnotation(
            document,
            {{0, document.images()[image].id, category, runMask(seed, seed + 1), false}, {}});
    }

private Q_SLOTS:
    void picturesAreInNaturalOrder()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 30; ++round) {
            const std::string folder(random() % 12, 'x');
            std::vector<core::ImageRecord> images;
            for (core::Id id = 1; id <= 200; ++id) {
                std::string name = folder + "Im";
                for (unsigned i = random() % 14; i > 0; --i)
                    name += "0019abB_."[random() % 9];
                images.push_back({id, name, {}});
            }
            const ImageTable table(images);
            std::sort(images.begin(), images.end(), [](const auto &a, const auto &b) {
                return core::naturalLess(a.fileName, b.fileName);
            });
            for (std::size_t row = 0; row < images.size(); ++row) {
                QCOMPARE(table.images()[row].fileName, images[row].fileName);
                QCOMPARE(table.find(table.images()[row].id), &table.images()[row]);
            }
        }
    }

    void imagesAreSearchedAndShowTheirState()
    {
        PictureFolder folder(12);
        Document document;
        ImageListModel model(document);
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        folder.openIn(document);
        QCOMPARE(model.rowCount(), 12);
        model.setSearch(QStringLiteral("1"));
        QCOMPARE(model.rowCount(), 4); // 1, 10, 11, 12
        QCOMPARE(model.index(1).data().toString(), QStringLiteral("10.png"));
        const core::Id ten = model.idAt(1);
        QCOMPARE(model.neighbor(ten, 1), model.idAt(2));
        QCOMPARE(model.neighbor(model.idAt(3), 1), core::Id(0));
        QCOMPARE(model.rowOf(document.images()[1].id), -1);

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        add(document, 9, 3);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(model.index(1).data(ImageListModel::StateRole).value<ImageListModel::State>(),
                 ImageListModel::State::HasObjects);
        QCOMPARE(model.index(1).data(ImageListModel::CountRole).toInt(), 1);
        model.setUnreadable(ten, true);
        QCOMPARE(model.index(1).data(ImageListModel::StateRole).value<ImageListModel::State>(),
                 ImageListModel::State::Unreadable);
        model.setSearch({});
        QCOMPARE(model.rowCount(), 12);
    }

    void thumbnailsComeLater()
    {
        PictureFolder folder(2);
        Document document;
        folder.openIn(document);
        ImageListModel model(document);
        QVERIFY(model.index(0).data(Qt::DecorationRole).value<QImage>().isNull());
        QTRY_VERIFY_WITH_TIMEOUT(!model.index(0).data(Qt::DecorationRole).value<QImage>().isNull(),
                                 20000);
    }

    void annotationsOfTheImageComeChangeAndGo()
    {
        PictureFolder folder(2);
        Document document;
        folder.openIn(document);
        AnnotationListModel model(document);
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.setImage(document.images()[0].id);
        const core::Id car = addCategory(document, QStringLiteral("car"));
        const core::Id first = add(document, 0, 10, car);
        add(document, 1, 11, car);
        const core::Id second = add(document, 0, 12, car);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("car #%1").arg(first));
        QCOMPARE(model.index(1).data(AnnotationListModel::AreaRole).toInt(), 13);

        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        deleteAnnotations(document, std::array{first});
        QCOMPARE(removed.count(), 1);
        QCOMPARE(model.rowOf(second), 0);
        document.undoStack()->undo();
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(model.rowOf(first), 0);
        QCOMPARE(model.rowOf(second), 1);

        renameCategory(document, car, QStringLiteral("bus"));
        QCOMPARE(model.index(1).data().toString(), QStringLiteral("bus #%1").arg(second));
        deleteCategory(document, car);
        QCOMPARE(model.rowCount(), 0);
        document.undoStack()->setIndex(0);
        document.undoStack()->setIndex(document.undoStack()->count() - 1);
        QCOMPARE(model.rowCount(), 2);
    }

    void annotationsAreHiddenAndLocked()
    {
        PictureFolder folder(1);
        Document document;
        folder.openIn(document);
        const core::Id id = add(document, 0, 10);
        AnnotationListModel model(document);
        model.setImage(document.images()[0].id);
        QVERIFY(model.isVisible(id) && !model.isLocked(id));
        QVERIFY(model.setData(model.index(0), false, AnnotationListModel::VisibleRole));
        QVERIFY(model.setData(model.index(0), true, AnnotationListModel::LockedRole));
        QVERIFY(!model.isVisible(id) && model.isLocked(id));
        QVERIFY(!model.setData(model.index(0), 1, AnnotationListModel::AreaRole));
        QCOMPARE(document.undoStack()->count(), 1); // nothing of the document
    }

    void categoriesHaveNumberKeysAndAreRenamedInPlace()
    {
        PictureFolder folder(1);
        Document document;
        CategoryListModel model(document);
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        folder.openIn(document);
        for (int i = 1; i <= 11; ++i)
            addCategory(document, QStringLiteral("c%1").arg(i));
        QCOMPARE(model.rowCount(), 11);
        QCOMPARE(model.index(0).data(CategoryListModel::KeyRole).toString(), QStringLiteral("1"));
        QCOMPARE(model.index(9).data(CategoryListModel::KeyRole).toString(), QStringLiteral("0"));
        QCOMPARE(model.index(10).data(CategoryListModel::KeyRole).toString(), QString());
        QCOMPARE(model.idForKey(0), model.idAt(9));
        QCOMPARE(model.idForKey(3), model.idAt(2));

        QVERIFY(model.setData(model.index(2), QStringLiteral("new name"), Qt::EditRole));
        QVERIFY(!model.setData(model.index(3), QStringLiteral("new name"), Qt::EditRole));
        QCOMPARE(model.index(2).data().toString(), QStringLiteral("new name"));
        deleteCategory(document, model.idAt(0));
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("c2"));
        document.undoStack()->undo();
        document.undoStack()->undo();
        QCOMPARE(model.index(2).data().toString(), QStringLiteral("c3"));
        document.undoStack()->setIndex(0);
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestListModels)
#include "tst_list_models.moc"
