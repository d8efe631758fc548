// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/polygon_tool.h"

#include "tool_bench.h"

#include <QtTest>

using namespace ui;
using State = CornerEditor::State;

class TestPolygonTool : public QObject
{
    Q_OBJECT

private:
    struct Bench : ToolBench {
        PolygonTool tool{target};

        Bench()
        {
            tool.setView(view());
            tool.setInUse(true);
        }
        void click(QPointF at, Qt::MouseButton button = Qt::LeftButton,
                   Qt::KeyboardModifiers modifiers = {})
        {
            ToolBench::click(tool, at, button, modifiers);
        }
        void drag(QPointF from, QPointF to) { ToolBench::drag(tool, from, to); }
        /// The first three corners of block(10, 10, 20, 15).
        void drawThree(Qt::MouseButton first = Qt::LeftButton, Qt::KeyboardModifiers modifiers = {})
        {
            click({10, 10}, first, modifiers);
            click({30, 10});
            click({30, 25});
        }
        void select(const core::Rle &mask)
        {
            project::AnnotationRecord record;
            record.annotation = {0, selection.image(), 0, mask, false};
            selection.select(addAnnotation(document, record));
        }
        bool waitForCorners()
        {
            return QTest::qWaitFor([this] { return tool.corners().state() == State::Shown; },
                                   20000);
        }
        /// Until the outline that the last edit gave is traced: only then handles can be hot.
        bool waitForHandleAt(QPointF at)
        {
            return QTest::qWaitFor(
                [this, at] {
                    tool.move(event(at));
                    return tool.preview().hotHandle.has_value();
                },
                20000);
        }
        std::size_t handles() const { return tool.preview().handles.size(); }
    };
    std::unique_ptr<Bench> m;

private Q_SLOTS:
    void init() { m = std::make_unique<Bench>(); }
    void cleanup() { m.reset(); }

    void everyWayOfClosingPutsThePixelsInOneStep_data()
    {
        QTest::addColumn<QString>("way");
        for (const char *way : {"click on the first corner", "Enter", "double click"})
            QTest::newRow(way) << QString::fromLatin1(way);
    }

    void everyWayOfClosingPutsThePixelsInOneStep()
    {
        QFETCH(QString, way);
        m->drawThree();
        QVERIFY(m->tool.isBusy());
        if (way == QLatin1String("double click")) {
            m->doubleClick(m->tool, {10, 25});
        } else {
            m->click({10, 25});
            if (way == QLatin1String("Enter"))
                QVERIFY(m->tool.complete());
            else
                m->click({10.5, 9.5});
        }
        QVERIFY(!m->tool.isBusy());
        QVERIFY(m->target.mask() == m->block(10, 10, 20, 15));
        QCOMPARE(m->steps(), 1);
        QVERIFY(m->tool.preview().line.isEmpty());
        QVERIFY(!m->tool.complete());
        m->document.undoStack()->undo();
        QVERIFY(m->document.annotations(m->selection.image()).empty());
    }

    void altOrTheRightButtonTakesPixelsAway_data()
    {
        QTest::addColumn<Qt::MouseButton>("button");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::newRow("right button") << Qt::RightButton << Qt::KeyboardModifiers();
        QTest::newRow("Alt") << Qt::LeftButton << Qt::KeyboardModifiers(Qt::AltModifier);
    }

    void altOrTheRightButtonTakesPixelsAway()
    {
        QFETCH(Qt::MouseButton, button);
        QFETCH(Qt::KeyboardModifiers, modifiers);
        m->select(m->block(5, 5, 40, 30));
        m->drawThree(button, modifiers);
        QVERIFY(m->tool.preview().regionIsTaken);
        m->click({10, 25});
        m->tool.complete();
        QCOMPARE(core::area(m->target.mask()), 40 * 30 - 20 * 15);
        QCOMPARE(core::decode(m->target.mask()).at(15, 15), 0);
    }

    void cornersAreMovedInsertedAndRemovedWhileDrawing()
    {
        m->click({10, 10});
        m->click({20, 12});
        m->click({30, 25});
        m->click({10, 25});
        m->drag({20, 12}, {30, 10});
        QCOMPARE(m->handles(), 4U);
        m->drag({30, 18}, {40, 18}); // an edge
        QCOMPARE(m->handles(), 5U);
        QCOMPARE(m->tool.preview().handles[2], QPointF(40, 18));
        m->click({40, 18}, Qt::LeftButton, Qt::ControlModifier);
        QCOMPARE(m->handles(), 4U);
        m->tool.complete();
        QVERIFY(m->target.mask() == m->block(10, 10, 20, 15));
    }

    void takingBackGoesStepByStep()
    {
        m->drawThree();
        m->drag({30, 25}, {35, 30});
        QCOMPARE(m->tool.preview().handles[2], QPointF(35, 30));
        QVERIFY(m->tool.takeBack());
        QCOMPARE(m->tool.preview().handles[2], QPointF(30, 25));
        QVERIFY(m->tool.takeBack());
        QCOMPARE(m->handles(), 2U);
        QVERIFY(m->tool.takeBack());
        QVERIFY(m->tool.takeBack());
        QVERIFY(!m->tool.isBusy());
        QVERIFY(!m->tool.takeBack());
        QCOMPARE(m->steps(), 0);
    }

    void twoCornersEncloseNothing()
    {
        m->click({10, 10});
        m->click({30, 10});
        QVERIFY(m->tool.complete()); // Enter means the polygon, which goes on
        QVERIFY(m->tool.isBusy());
        m->click({10, 10}); // is no third corner
        QCOMPARE(m->handles(), 2U);
        m->tool.cancel();
        QVERIFY(!m->tool.isBusy());
        QCOMPARE(m->steps(), 0);
    }

    void deleteRemovesTheCornerUnderThePointerAndNothingElse()
    {
        m->drawThree();
        m->tool.move(m->event({50, 40}));
        QVERIFY(m->tool.removeHandle()); // is not for the selected object while drawing
        QCOMPARE(m->handles(), 3U);
        m->tool.move(m->event({30, 10}));
        QVERIFY(m->tool.removeHandle());
        QCOMPARE(m->handles(), 2U);
    }

    void aPolygonOverThePicturesEdgeIsCutOff()
    {
        m->click({-20, -20});
        m->click({10, -20});
        m->click({10, 8});
        m->click({-20, 8});
        m->tool.complete();
        QVERIFY(m->target.mask() == m->block(0, 0, 10, 8));
    }

    void theSelectedObjectsCornersAreOfferedAndMoved()
    {
        QCOMPARE(m->tool.corners().state(), State::Nothing);
        m->select(m->block(10, 10, 20, 15));
        QVERIFY(m->waitForCorners());
        QCOMPARE(m->handles(), 4U);
        m->drag({30, 25}, {40, 25});
        const core::Mask mask = core::decode(m->target.mask());
        QCOMPARE(mask.at(15, 15), 1);
        QCOMPARE(mask.at(33, 23), 1);
        QCOMPARE(mask.at(38, 12), 0);
        QCOMPARE(m->steps(), 2); // adding it was one
        QTRY_COMPARE_WITH_TIMEOUT(m->handles(), 4U, 20000);
        m->document.undoStack()->undo();
        QVERIFY(m->target.mask() == m->block(10, 10, 20, 15));
    }

    void aClickOnACornerChangesNothing()
    {
        m->select(m->block(10, 10, 20, 15));
        QVERIFY(m->waitForCorners());
        m->click({30.2, 25.2});
        QCOMPARE(m->steps(), 1);
        QVERIFY(!m->tool.isBusy());
    }

    void anEdgeIsDraggedOrGetsACorner()
    {
        m->select(m->block(10, 10, 20, 15));
        QVERIFY(m->waitForCorners());
        m->click({20, 10});
        QCOMPARE(m->steps(), 1);
        m->tool.move(m->event({50, 40})); // away from the edge, which offers a handle, too
        QCOMPARE(m->handles(), 5U);
        m->drag({20, 10}, {20, 2}); // that corner
        QCOMPARE(core::decode(m->target.mask()).at(20, 5), 1);
        QCOMPARE(m->steps(), 2);
        QVERIFY(m->waitForHandleAt({30, 18}));
        m->drag({30, 18}, {40, 18}); // an edge
        QCOMPARE(core::decode(m->target.mask()).at(35, 18), 1);
        QCOMPARE(m->steps(), 3);
    }

    void aCornerIsRemovedByCtrlClickOrDelete()
    {
        m->select(m->block(10, 10, 20, 15));
        QVERIFY(m->waitForCorners());
        QVERIFY(m->tool.takesControlPress(m->event({30, 25})));
        QVERIFY(!m->tool.takesControlPress(m->event({20, 18})));
        m->click({30, 25}, Qt::LeftButton, Qt::ControlModifier);
        QCOMPARE(m->steps(), 2);
        QCOMPARE(core::decode(m->target.mask()).at(28, 23), 0);
        QVERIFY(m->waitForHandleAt({30, 10}));
        QCOMPARE(m->handles(), 3U);
        QVERIFY(m->tool.removeHandle());
        QCOMPARE(m->steps(), 3);
        m->tool.move(m->event({50, 40}));
        QVERIFY(!m->tool.removeHandle()); // Delete means the object
    }

    void deletePressedTwiceIsNeverMeantForTheObject()
    {
        m->select(m->block(10, 10, 40, 30));
        QVERIFY(m->waitForHandleAt({50, 40}));
        QVERIFY(m->tool.removeHandle());
        QVERIFY(m->tool.removeHandle()); // the corners are not known anew yet
        QCOMPARE(m->steps(), 2);
    }

    void theCornerUnderAPointerThatRestsIsFoundAgain()
    {
        m->select(m->block(10, 10, 40, 30));
        QVERIFY(m->waitForHandleAt({50, 40}));
        m->drag({50, 40}, {55, 44});
        QVERIFY(QTest::qWaitFor([this] { return m->tool.preview().hotHandle.has_value(); }, 20000));
        QVERIFY(m->tool.removeHandle());
        QCOMPARE(m->steps(), 3);
    }

    void escapeDropsADrag()
    {
        m->select(m->block(10, 10, 20, 15));
        QVERIFY(m->waitForCorners());
        m->tool.press(m->event({30, 25}, Qt::LeftButton));
        m->tool.move(m->event({45, 40}));
        QVERIFY(m->tool.isBusy());
        m->tool.cancel();
        m->tool.release(m->event({45, 40}, Qt::LeftButton));
        QCOMPARE(m->steps(), 1);
        QCOMPARE(m->handles(), 4U);
    }

    void tooManyCornersAreNotShown()
    {
        core::Mask comb({PictureFolder::width, PictureFolder::height});
        for (int y = 0; y < comb.size.height; y += 2) {
            for (int x = 0; x < comb.size.width; x += 3)
                comb.set(x, y);
        }
        m->select(core::encode(comb));
        QVERIFY(
            QTest::qWaitFor([this] { return m->tool.corners().state() == State::TooMany; }, 20000));
        QCOMPARE(m->handles(), 0U);
        m->tool.setView({QRectF(0, 0, 12, 12), 0.02});
        QCOMPARE(m->tool.corners().state(), State::Shown);
        QVERIFY(m->handles() > 0);
    }

    void nothingIsOfferedWithoutTheToolOrASingleObject()
    {
        m->select(m->block(10, 10, 20, 15));
        QVERIFY(m->waitForCorners());
        m->tool.setInUse(false);
        QCOMPARE(m->handles(), 0U);
        m->tool.setInUse(true);
        QVERIFY(m->waitForCorners());
        m->selection.select(0);
        QCOMPARE(m->handles(), 0U);
    }
};

QTEST_GUILESS_MAIN(TestPolygonTool)
#include "tst_polygon_tool.moc"
