// SPDX-License-Identifier: Apache-2.0
#include "core/dataset/dataset.h"
#include "core/mask/rle.h"
#include "ui/editing/edits.h"
#include "ui/widgets/interchange/snapshot_source.h"
#include "window_fixture.h"

#include <QListView>

#include <random>

/// Where objects overlap, the one that is seen, the one that a click takes, the last one in the
/// list and the last one that an export gets are the same.
class TestObjectOrder : public QObject
{
    Q_OBJECT

    static constexpr core::Size size{640, 480};
    static constexpr int nearby = 4; ///< picture pixels in which outlines are painted

    static core::Rle rectangle(const QRect &rect)
    {
        core::Mask mask(size);
        for (int y = rect.top(); y <= rect.bottom(); ++y)
            for (int x = rect.left(); x <= rect.right(); ++x)
                mask.set(x, y, true);
        return core::encode(mask);
    }
    static QRect randomRect(std::mt19937 &random)
    {
        const int left = int(random() % 500), top = int(random() % 360);
        return {left, top, 40 + int(random() % 100), 40 + int(random() % 80)};
    }

    static QRect boundsOf(const core::Mask &mask)
    {
        QRect bounds;
        for (int y = 0; y < size.height; ++y)
            for (int x = 0; x < size.width; ++x)
                if (mask.at(x, y))
                    bounds |= QRect(x, y, 1, 1);
        return bounds;
    }

    /// As an export gets them: what comes later lies on top.
    static std::vector<core::Annotation> exported(WindowFixture &f)
    {
        return ui::SnapshotSource(f.document.snapshot()).annotations(f.window.currentImage());
    }
    static core::Id topAt(const std::vector<core::Mask> &masks,
                          const std::vector<core::Annotation> &annotations, int x, int y)
    {
        for (std::size_t i = masks.size(); i > 0; --i) {
            if (masks[i - 1].at(x, y))
                return annotations[i - 1].id;
        }
        return 0;
    }

    static void compare(WindowFixture &f)
    {
        const std::vector<core::Annotation> annotations = exported(f);
        std::vector<core::Mask> masks;
        for (const core::Annotation &annotation : annotations)
            masks.push_back(core::decode(annotation.mask));
        std::vector<core::Id> listed;
        for (const auto &record : f.objects())
            listed.push_back(record->annotation.id);
        QCOMPARE(listed.size(), annotations.size());
        for (std::size_t i = 0; i < listed.size(); ++i)
            QCOMPARE(listed[i], annotations[i].id);

        ui::CanvasView &canvas = f.canvas();
        for (std::size_t i = 0; i < masks.size(); ++i) // shapes are made in the background
            EVENTUALLY_EQUAL(canvas.annotations().boundsOf(annotations[i].id), boundsOf(masks[i]));
        f.window.selection().select(0);
        canvas.setZoom(1);
        const QImage seen = canvas.grab().toImage();
        int looked = 0;
        for (int y = nearby; y < size.height - nearby; y += 7) {
            for (int x = nearby; x < size.width - nearby; x += 7) {
                const core::Id top = topAt(masks, annotations, x, y);
                QCOMPARE(canvas.annotations().objectAt(QPointF(x + 0.5, y + 0.5)), top);
                bool isInside = true; // away from the lines, which are painted over all objects
                for (const core::Mask &mask : masks)
                    for (const int dx : {-nearby, 0, nearby})
                        for (const int dy : {-nearby, 0, nearby})
                            isInside &= mask.at(x + dx, y + dy) == mask.at(x, y);
                const QPoint place = f.at(x, y);
                if (!isInside || !canvas.rect().contains(place) || top == 0)
                    continue;
                const QColor color = QColor::fromRgb(
                    f.document.category(f.document.annotation(top)->annotation.categoryId)->color);
                const QColor pixel = seen.pixelColor(place), picture(Qt::lightGray);
                const bool isBackground = x >= 160 && x < 220 && y >= 120 && y < 160;
                for (const auto channel : {&QColor::red, &QColor::green, &QColor::blue}) {
                    const double expected = ui::looks::acceptedFill * (color.*channel)() +
                                            (1 - ui::looks::acceptedFill) * (picture.*channel)();
                    QVERIFY2(isBackground || std::abs((pixel.*channel)() - expected) <= 3,
                             qPrintable(QStringLiteral("at %1, %2").arg(x).arg(y)));
                }
                ++looked;
                if (looked % 40 == 0) {
                    QTest::mouseClick(&canvas, Qt::LeftButton, Qt::ControlModifier, place);
                    QCOMPARE(f.window.selection().single(), top);
                    f.window.selection().select(0);
                }
            }
        }
        QVERIFY(looked > 200);
    }

private Q_SLOTS:
    void whatIsSeenIsTakenAndExportedAsTheTop()
    {
        WindowFixture f;
        f.openFolder();
        const core::Id image = f.window.currentImage();
        std::mt19937 random(5);
        std::vector<core::Id> categories;
        for (const char *name : {"a", "b", "c", "d", "e"})
            categories.push_back(ui::addCategory(f.document, QLatin1String(name)));
        std::vector<core::Id> ids;
        for (int i = 0; i < 24; ++i) {
            project::AnnotationRecord record;
            record.annotation = {0, image, categories[i % categories.size()],
                                 rectangle(randomRect(random)), false};
            ids.push_back(ui::addAnnotation(f.document, record));
        }
        compare(f);
        // What comes back comes back to its place, and what is changed stays there.
        const core::Id first[] = {ids[0], ids[5], ids[6]};
        ui::deleteAnnotations(f.document, first);
        compare(f);
        f.document.undoStack()->undo();
        compare(f);
        for (const std::size_t i : {2, 9, 14}) {
            project::AnnotationRecord changed = *f.document.annotation(ids[i]);
            changed.annotation.mask = rectangle(randomRect(random));
            ui::replaceAnnotation(f.document, changed);
        }
        ui::setCategory(f.document, first, categories[4]);
        EVENTUALLY(f.document.unsavedCount() == 0);
        compare(f);
    }

    void aHiddenObjectIsNeitherSeenNorTaken()
    {
        WindowFixture f;
        f.openFolder();
        const core::Id image = f.window.currentImage();
        const core::Id category = ui::addCategory(f.document, QStringLiteral("a"));
        const auto add = [&](const QRect &rect) {
            project::AnnotationRecord record;
            record.annotation = {0, image, category, rectangle(rect), false};
            return ui::addAnnotation(f.document, record);
        };
        const core::Id below = add({100, 200, 100, 100}), above = add({150, 200, 100, 100});
        EVENTUALLY_EQUAL(f.canvas().annotations().objectAt({180, 250}), above);
        const auto *list =
            f.window.findChild<QWidget *>(QStringLiteral("objects"))->findChild<QListView *>();
        QVERIFY(list);
        QVERIFY(list->model()->setData(list->model()->index(1, 0), false,
                                       ui::AnnotationListModel::VisibleRole));
        EVENTUALLY_EQUAL(f.canvas().annotations().objectAt({180, 250}), below);
        f.click(180, 250, Qt::LeftButton, Qt::ControlModifier);
        QCOMPARE(f.window.selection().single(), below);
    }
};

QTEST_MAIN(TestObjectOrder)
#include "tst_object_order.moc"
