// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/smart_tool.h"

#include "core/segmentation/fake_segmenter.h"
#include "picture_folder.h"

#include <QtTest>

using namespace ui;
using core::PointLabel;

class TestSmartTool : public QObject
{
    Q_OBJECT

private:
    struct Bench {
        Document document;
        SegmentationService service{[] { return std::make_unique<core::FakeSegmenter>(); }};
        PromptSession session{document, service}; // answers do not matter here: no picture is open
        SmartTool tool{session};
        double zoom = 1;

        PointerEvent event(double x, double y, Qt::MouseButton button,
                           Qt::KeyboardModifiers modifiers) const
        {
            return {{x, y}, button, modifiers, 1 / zoom, {64, 48}};
        }
        void drag(std::initializer_list<QPointF> way, Qt::MouseButton button = Qt::LeftButton,
                  Qt::KeyboardModifiers modifiers = Qt::NoModifier)
        {
            tool.press(event(way.begin()->x(), way.begin()->y(), button, modifiers));
            for (const QPointF p : way)
                tool.move(event(p.x(), p.y(), Qt::NoButton, modifiers));
            tool.release(event((way.end() - 1)->x(), (way.end() - 1)->y(), button, modifiers));
        }
        const project::PromptRecord &prompt() const { return session.prompt(); }
    };
    std::unique_ptr<Bench> m;

private Q_SLOTS:
    void init() { m = std::make_unique<Bench>(); }
    void cleanup() { m.reset(); }

    void clicksGivePoints_data()
    {
        QTest::addColumn<Qt::MouseButton>("button");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<bool>("foreground");
        QTest::newRow("left is foreground") << Qt::LeftButton << Qt::KeyboardModifiers() << true;
        QTest::newRow("right is background") << Qt::RightButton << Qt::KeyboardModifiers() << false;
        QTest::newRow("Alt and left is background")
            << Qt::LeftButton << Qt::KeyboardModifiers(Qt::AltModifier) << false;
    }

    void clicksGivePoints()
    {
        QFETCH(Qt::MouseButton, button);
        QFETCH(Qt::KeyboardModifiers, modifiers);
        QFETCH(bool, foreground);
        m->drag({{20.5, 10.5}, {22, 11}}, button, modifiers); // a hand trembles
        QCOMPARE(m->prompt().points.size(), std::size_t(1));
        // the middle of pixel (20, 10) is 20.5, 10.5 on the canvas and 20, 10 for the model
        QCOMPARE(m->prompt().points[0].position.x, 20.0);
        QCOMPARE(m->prompt().points[0].position.y, 10.0);
        QCOMPARE(m->prompt().points[0].label == PointLabel::Foreground, foreground);
        QVERIFY(!m->prompt().box);
    }

    void theReachOfAClickIsMeasuredOnTheScreen()
    {
        m->zoom = 8;
        m->drag({{20, 10}, {22, 11}}); // 16 screen pixels
        QVERIFY(m->prompt().box);
        QCOMPARE(m->prompt().box->x0, 19.5);
        QCOMPARE(m->prompt().box->x1, 21.5);
    }

    void aDragGivesABoxInAnyDirectionInsideThePicture()
    {
        m->drag({{30, 40}, {20, 20}, {-50, -70}});
        QVERIFY(m->prompt().points.empty());
        QCOMPARE(*m->prompt().box, (core::Box{-0.5, -0.5, 29.5, 39.5}));
        QVERIFY(m->tool.preview().isEmpty());
    }

    void aRightDragIsNoBox()
    {
        m->drag({{30, 40}, {10, 10}}, Qt::RightButton);
        QVERIFY(!m->prompt().box);
        QCOMPARE(m->prompt().points.size(), std::size_t(1));
    }

    void shiftPaints()
    {
        m->tool.setBrushRadius(5);
        m->drag({{10, 10}, {20, 10}, {100, 10}}, Qt::RightButton, Qt::ShiftModifier);
        QCOMPARE(m->prompt().strokes.size(), std::size_t(1));
        const core::BrushStroke &stroke = m->prompt().strokes[0];
        QCOMPARE(stroke.label, PointLabel::Background);
        QCOMPARE(stroke.radius, 5.0);
        QCOMPARE(stroke.path.front(), (core::ImagePoint{9.5, 9.5}));
        QCOMPARE(stroke.path.back(), (core::ImagePoint{63, 9.5})); // stays inside
    }

    void thePreviewFollowsTheDrag()
    {
        QSignalSpy changed(&m->tool, &SmartTool::previewChanged);
        m->tool.press(m->event(10, 10, Qt::LeftButton, {}));
        m->tool.move(m->event(11, 10, Qt::NoButton, {}));
        QVERIFY(m->tool.preview().isEmpty()); // may still be a click
        m->tool.move(m->event(30, 20, Qt::NoButton, {}));
        QCOMPARE(*m->tool.preview().box, QRectF(10, 10, 20, 10));
        QCOMPARE(changed.count(), 1);
        m->tool.cancel();
        QVERIFY(m->tool.preview().isEmpty());
        m->tool.release(m->event(30, 20, Qt::LeftButton, {}));
        QVERIFY(m->prompt().isEmpty());
    }

    void pointsAreMovedAndRemoved()
    {
        m->drag({{20, 10}});
        m->drag({{50, 30}});
        m->drag({{21, 11}, {30, 20}}); // takes hold of the first
        QCOMPARE(m->prompt().points.size(), std::size_t(2));
        QCOMPARE(m->prompt().points[0].position, (core::ImagePoint{29.5, 19.5}));
        m->drag({{50, 30}}, Qt::LeftButton, Qt::ControlModifier);
        QCOMPARE(m->prompt().points.size(), std::size_t(1));
        m->drag({{29, 20}}); // pressed and let go: nothing
        QCOMPARE(m->prompt().points.size(), std::size_t(1));
        QCOMPARE(m->prompt().points[0].position, (core::ImagePoint{29.5, 19.5}));
    }

    void aDragIsFollowedLiveAndIsOneStep()
    {
        m->drag({{20, 10}});
        m->tool.press(m->event(20, 10, Qt::LeftButton, {}));
        for (const double x : {25.0, 30.0, 35.0}) {
            m->tool.move(m->event(x, 10, Qt::NoButton, {}));
            QCOMPARE(m->prompt().points[0].position, (core::ImagePoint{x - 0.5, 9.5}));
        }
        m->tool.release(m->event(35, 10, Qt::LeftButton, {}));
        m->session.takeBack();
        QCOMPARE(m->prompt().points[0].position, (core::ImagePoint{19.5, 9.5}));

        m->drag({{10, 20}, {40, 40}});
        m->tool.press(m->event(40, 30, Qt::LeftButton, {}));
        m->tool.move(m->event(50, 30, Qt::NoButton, {}));
        m->tool.move(m->event(55, 30, Qt::NoButton, {}));
        QCOMPARE(toPicture(*m->prompt().box), QRectF(10, 20, 45, 20));
        m->tool.cancel(); // Esc while the button is down
        QCOMPARE(toPicture(*m->prompt().box), QRectF(10, 20, 30, 20));
        m->tool.release(m->event(55, 30, Qt::LeftButton, {}));
        QCOMPARE(toPicture(*m->prompt().box), QRectF(10, 20, 30, 20));
        QCOMPARE(m->prompt().points.size(), std::size_t(1));
    }

    void anObjectDroppedDuringADragEndsIt()
    {
        m->drag({{10, 10}, {40, 30}});
        m->tool.press(m->event(40, 20, Qt::LeftButton, {}));
        m->tool.move(m->event(50, 20, Qt::NoButton, {}));
        m->session.drop();
        m->tool.move(m->event(55, 20, Qt::NoButton, {}));
        m->tool.release(m->event(55, 20, Qt::LeftButton, {}));
        QVERIFY(m->prompt().isEmpty());
    }

    void boxEdgesAndCornersAreMoved()
    {
        m->drag({{10, 10}, {40, 30}});
        m->drag({{40, 20}, {50, 22}}); // right edge
        QCOMPARE(toPicture(*m->prompt().box), QRectF(10, 10, 40, 20));
        m->drag({{10, 10}, {5, 8}}); // top left corner
        QCOMPARE(toPicture(*m->prompt().box), QRectF(5, 8, 45, 22));
        m->drag({{5, 20}, {60, 20}}); // left edge beyond the right one
        QCOMPARE(toPicture(*m->prompt().box), QRectF(50, 8, 10, 22));
        m->drag({{55, 20}}); // inside: a point
        QCOMPARE(m->prompt().points.size(), std::size_t(1));
    }

    void nothingStartsOutsideThePicture()
    {
        m->drag({{-5, 10}, {30, 30}});
        QVERIFY(m->prompt().isEmpty());
    }

    void theBrushHasASizeWithinReason()
    {
        QSignalSpy changed(&m->tool, &SmartTool::optionsChanged);
        m->tool.setBrushRadius(-3);
        QCOMPARE(m->tool.brushRadius(), 1.0);
        m->tool.setBrushRadius(1e9);
        QCOMPARE(m->tool.brushRadius(), 500.0);
        QCOMPARE(changed.count(), 2);
    }
};

QTEST_GUILESS_MAIN(TestSmartTool)
#include "tst_smart_tool.moc"
