// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/annotation_shapes.h"

#include "core/mask/rle_measure.h"
#include "picture_folder.h"
#include "ui/editing/edits.h"

#include <QtTest>

#include <algorithm>
#include <array>

using namespace ui;

class TestAnnotationShapes : public QObject
{
    Q_OBJECT

private:
    static bool allMade(const AnnotationShapes &shapes)
    {
        return std::all_of(shapes.items().begin(), shapes.items().end(), [](const auto &item) {
            return item.shape.area == core::area(item.record->annotation.mask);
        });
    }

private Q_SLOTS:
    void theOpenImagesMasksAreMadeColouredAndFound()
    {
        PictureFolder folder(2);
        Document document;
        folder.openIn(document);
        AnnotationShapes shapes(document);
        const core::Id first = document.images()[0].id, second = document.images()[1].id;
        const auto add = [&](core::Id image, core::Rle mask) {
            return addAnnotation(document, {{0, image, 0, std::move(mask), false}, {}});
        };
        shapes.setImage(first);
        const unsigned column = PictureFolder::height;
        const core::Id lower = add(first, runMask(10 * column, 4 * column)); // columns 10 to 13
        const core::Id upper = add(first, runMask(12 * column, 4 * column)); // columns 12 to 15
        add(second, runMask(0, 5));
        QCOMPARE(shapes.items().size(), std::size_t(2));
        QTRY_VERIFY_WITH_TIMEOUT(allMade(shapes), 20000);
        QCOMPARE(shapes.items()[0].shape.bounds, QRect(10, 0, 4, PictureFolder::height));
        QCOMPARE(shapes.annotationAt({10.5, 3.5}), lower);
        QCOMPARE(shapes.annotationAt({13.9, 3.5}), upper);
        QCOMPARE(shapes.annotationAt({13.9, 3.5}, [upper](core::Id id) { return id != upper; }),
                 lower);
        QCOMPARE(shapes.annotationAt({16.0, 3.5}), core::Id(0));
        QCOMPARE(shapes.annotationAt({-1, -1}), core::Id(0));

        const core::Id category = document.annotation(lower)->annotation.categoryId;
        recolorCategory(document, category, QColor(1, 2, 3));
        QCOMPARE(shapes.items()[1].shape.image.color(1), qRgb(1, 2, 3));

        QVERIFY(allMade(shapes)); // nothing flickers when another one goes, or a mask is replaced
        project::AnnotationRecord changed = *document.annotation(upper);
        changed.annotation.mask = runMask(40 * column, column);
        replaceAnnotation(document, changed);
        QVERIFY(!shapes.items()[1].shape.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(shapes.items()[1].shape.bounds,
                                  QRect(40, 0, 1, PictureFolder::height), 20000);
        deleteAnnotations(document, std::array{lower});
        QCOMPARE(shapes.items().size(), std::size_t(1));
        QVERIFY(allMade(shapes));
        document.undoStack()->undo();
        QTRY_VERIFY_WITH_TIMEOUT(allMade(shapes), 20000);
        QCOMPARE(shapes.items()[0].record->annotation.id, lower);

        shapes.setImage(second);
        QCOMPARE(shapes.items().size(), std::size_t(1));
        QTRY_VERIFY_WITH_TIMEOUT(allMade(shapes), 20000);
    }
};

QTEST_GUILESS_MAIN(TestAnnotationShapes)
#include "tst_annotation_shapes.moc"
