// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/brush_tool.h"

#include "tool_bench.h"

#include <QtTest>

using namespace ui;
using Kind = BrushTool::Kind;

class TestBrushTool : public QObject
{
    Q_OBJECT

private:
    struct Bench : ToolBench {
        BrushTool brush{target, Kind::Brush};
        BrushTool eraser{target, Kind::Eraser};

        Bench()
        {
            brush.setDiameter(5);
            eraser.setDiameter(3);
        }
        void stroke(Tool &tool, std::initializer_list<QPointF> way,
                    Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers modifiers = {})
        {
            tool.press(event(*way.begin(), button, modifiers));
            for (const QPointF position : way)
                tool.move(event(position, Qt::NoButton, modifiers));
            tool.release(event(*(way.end() - 1), button, modifiers));
        }
        core::Rle raster(std::initializer_list<QPointF> way, double diameter) const
        {
            core::StrokeRaster raster(target.imageSize(), diameter / 2);
            for (const QPointF position : way)
                raster.extendTo(toImagePoint(position));
            return raster.toRle();
        }
        QUndoStack &history() { return *document.undoStack(); }
    };
    std::unique_ptr<Bench> m;

private Q_SLOTS:
    void init() { m = std::make_unique<Bench>(); }
    void cleanup() { m.reset(); }

    void aStrokeIsOneStepOfThePixelsThatWereShown()
    {
        m->brush.press(m->event({10.2, 10.7}, Qt::LeftButton));
        QVERIFY(m->brush.isBusy());
        m->brush.move(m->event({30, 12}));
        m->brush.move(m->event({33.5, 40}));
        QVERIFY(m->brush.preview().pixels);
        QVERIFY(!m->brush.preview().regionIsTaken);
        const core::Rle shown = m->brush.preview().pixels->toRle();
        QCOMPARE(m->steps(), 0);
        m->brush.release(m->event({33.5, 40}, Qt::LeftButton));
        QVERIFY(!m->brush.isBusy());
        QVERIFY(m->brush.preview().isEmpty());
        QCOMPARE(m->steps(), 1);
        QVERIFY(m->target.mask() == shown);
        QVERIFY(shown == m->raster({{10.2, 10.7}, {30, 12}, {33.5, 40}}, 5));
    }

    void undoAndRedoGoByStrokes()
    {
        m->stroke(m->brush, {{10, 10}, {30, 10}});
        const core::Rle first = m->target.mask();
        m->stroke(m->brush, {{10, 30}, {30, 30}});
        m->stroke(m->eraser, {{20, 0}, {20, 40}});
        const core::Rle last = m->target.mask();
        QCOMPARE(m->steps(), 3);
        m->history().undo();
        m->history().undo();
        QVERIFY(m->target.mask() == first);
        m->history().undo();
        QVERIFY(m->document.annotations(m->selection.image()).empty());
        for (int i = 0; i < 3; ++i)
            m->history().redo();
        const auto objects = m->document.annotations(m->selection.image());
        QCOMPARE(objects.size(), std::size_t(1));
        QVERIFY(objects.front()->annotation.mask == last);
    }

    void whatErases_data()
    {
        QTest::addColumn<bool>("eraser");
        QTest::addColumn<Qt::MouseButton>("button");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<bool>("erases");
        const Qt::KeyboardModifiers none, alt = Qt::AltModifier;
        QTest::newRow("brush, left") << false << Qt::LeftButton << none << false;
        QTest::newRow("brush, right") << false << Qt::RightButton << none << true;
        QTest::newRow("brush, Alt") << false << Qt::LeftButton << alt << true;
        QTest::newRow("eraser, left") << true << Qt::LeftButton << none << true;
        QTest::newRow("eraser, right") << true << Qt::RightButton << none << false;
        QTest::newRow("eraser, Alt") << true << Qt::LeftButton << alt << false;
    }

    void whatErases()
    {
        QFETCH(bool, eraser);
        QFETCH(Qt::MouseButton, button);
        QFETCH(Qt::KeyboardModifiers, modifiers);
        QFETCH(bool, erases);
        m->stroke(m->brush, {{10, 10}, {30, 10}});
        const std::int64_t before = core::area(m->target.mask());
        BrushTool &tool = eraser ? m->eraser : m->brush;
        tool.press(m->event({30, 10}, button, modifiers));
        tool.move(m->event({50, 10}));
        QCOMPARE(tool.preview().regionIsTaken, erases);
        tool.release(m->event({50, 10}, button, modifiers));
        const std::int64_t after = core::area(m->target.mask());
        QVERIFY(erases ? after < before : after > before);
    }

    void erasingNothingIsNoStep()
    {
        m->stroke(m->eraser, {{10, 10}, {30, 10}});
        QCOMPARE(m->steps(), 0);
        QVERIFY(m->document.annotations(m->selection.image()).empty());
    }

    void shiftDrawsAStraightLineFromTheLastEnd()
    {
        m->stroke(m->brush, {{10, 10}, {12, 10}}, Qt::LeftButton, Qt::ShiftModifier); // no end yet
        QVERIFY(m->target.mask() == m->raster({{10, 10}, {12, 10}}, 5));
        m->brush.move(m->event({40, 30}, Qt::NoButton, Qt::ShiftModifier));
        QVERIFY(!m->brush.preview().line.isEmpty());
        m->brush.move(m->event({40, 30}));
        QVERIFY(m->brush.preview().isEmpty());
        m->stroke(m->brush, {{40, 30}}, Qt::LeftButton, Qt::ShiftModifier);
        QVERIFY(m->target.mask() == m->raster({{10, 10}, {12, 10}, {40, 30}}, 5));
        m->selection.setImage(0);
        m->selection.setImage(m->document.images().front().id); // another picture, another begin
        m->stroke(m->brush, {{50, 40}}, Qt::LeftButton, Qt::ShiftModifier);
        QVERIFY(m->target.mask() == m->raster({{50, 40}}, 5));
    }

    void aStrokeCanBeDropped()
    {
        m->brush.press(m->event({10, 10}, Qt::LeftButton));
        m->brush.release(m->event({10, 10}, Qt::RightButton)); // not the one that draws
        QVERIFY(m->brush.isBusy());
        QVERIFY(m->brush.takeBack());
        QVERIFY(!m->brush.takeBack());
        m->brush.release(m->event({10, 10}, Qt::LeftButton));
        QCOMPARE(m->steps(), 0);
        m->brush.press(m->event({10, 10}, Qt::LeftButton));
        m->brush.cancel();
        QVERIFY(!m->brush.isBusy());
        QVERIFY(m->brush.preview().isEmpty());
    }

    void theSizeGoesByStepsAndNeverSticks()
    {
        QSignalSpy changed(&m->brush, &Tool::optionsChanged);
        m->brush.setDiameter(1);
        m->brush.resize(1);
        QCOMPARE(m->brush.diameter(), 2);
        m->brush.resize(0.5); // a touch pad's
        QCOMPARE(m->brush.diameter(), 2);
        m->brush.resize(0.5);
        QCOMPARE(m->brush.diameter(), 3);
        m->brush.resize(-100);
        QCOMPARE(m->brush.diameter(), 1);
        m->brush.resize(100);
        QCOMPARE(m->brush.diameter(), BrushTool::maxDiameter);
        QVERIFY(changed.count() > 3);
        QCOMPARE(m->brush.cursorRadius({}), BrushTool::maxDiameter / 2.0);
    }

    void theSizeOfAStrokeUnderWayStays()
    {
        m->brush.press(m->event({20, 20}, Qt::LeftButton));
        m->brush.setDiameter(31);
        QCOMPARE(m->brush.cursorRadius({}), 2.5);
        m->brush.release(m->event({20, 20}, Qt::LeftButton));
        QVERIFY(m->target.mask() == m->raster({{20, 20}}, 5));
        QCOMPARE(m->brush.cursorRadius({}), 15.5);
    }

    void theObjectInWorkIsCorrected()
    {
        const core::Id image = m->document.images().front().id;
        QSignalSpy ready(&m->service, &SegmentationService::embeddingReady);
        m->service.openImage(image, m->document.imagePath(image));
        QVERIFY(ready.wait(20000));
        m->session.addPoint({{30, 20}, core::PointLabel::Foreground});
        QTRY_VERIFY_WITH_TIMEOUT(m->session.current() && !m->session.isWaiting(), 20000);
        const core::Rle answer = m->session.current()->mask;
        m->stroke(m->eraser, {{30, 0}, {30, 47}});
        const core::Rle corrected = core::combine(answer, m->raster({{30, 0}, {30, 47}}, 3),
                                                  core::SetOperation::Difference);
        QVERIFY(m->session.current()->mask == corrected);
        QCOMPARE(m->steps(), 0);
        m->session.accept();
        QCOMPARE(m->steps(), 1);
        const auto objects = m->document.annotations(image);
        QVERIFY(objects.front()->annotation.mask == corrected);
    }
};

QTEST_GUILESS_MAIN(TestBrushTool)
#include "tst_brush_tool.moc"
