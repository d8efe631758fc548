// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_polygon.h"
#include "tool_bench.h"
#include "ui/editing/similar_region.h"
#include "ui/editing/tools/fill_tool.h"
#include "ui/editing/tools/lasso_tool.h"
#include "ui/editing/tools/wand_tool.h"

#include <QtTest>

#include <random>

using namespace ui;

/// Lasso, fill and magic wand.
class TestRegionTools : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ToolBench> m;

    static QImage picture()
    {
        QImage image(PictureFolder::width, PictureFolder::height, QImage::Format_RGB32);
        image.fill(qRgb(100, 100, 100));
        return image;
    }
    static void paint(QImage &image, const QRect &rect, QRgb color)
    {
        for (int y = rect.top(); y <= rect.bottom(); ++y)
            for (int x = rect.left(); x <= rect.right(); ++x)
                image.setPixel(x, y, color);
    }
    void put(const core::Rle &region) const
    {
        m->target.apply(core::SetOperation::Union, region, QStringLiteral("Paint"));
    }
    static void wait(const Tool &tool) { QTRY_VERIFY_WITH_TIMEOUT(!tool.isBusy(), 20'000); }
    /// A frame with a hole of 10 x 8, and a dot inside the hole.
    void putFrame() const
    {
        put(core::combine(ToolBench::block(10, 10, 14, 12), ToolBench::block(12, 12, 10, 8),
                          core::SetOperation::Difference));
        put(ToolBench::block(15, 15, 2, 2));
    }

private Q_SLOTS:
    void init() { m = std::make_unique<ToolBench>(); }
    void cleanup() { m.reset(); }

    void theLassoPutsWhatItGoesAround()
    {
        LassoTool lasso(m->target);
        lasso.press(m->event({10, 10}, Qt::LeftButton));
        for (const QPointF p : {QPointF(40, 10), {40, 10}, {40.5, 30}, {10, 30}})
            lasso.move(m->event(p));
        QVERIFY(lasso.isBusy());
        QVERIFY(!lasso.preview().region.isEmpty());
        QCOMPARE(m->steps(), 0);
        lasso.release(m->event({10, 30}, Qt::LeftButton));
        QVERIFY(!lasso.isBusy());
        QVERIFY(lasso.preview().isEmpty());
        QCOMPARE(m->steps(), 1);
        const std::vector<double> xy{10, 10, 40, 10, 40.5, 30, 10, 30};
        QVERIFY(m->target.mask() == core::rleFromPolygon(xy, m->target.imageSize()));
    }

    void theLassoTakesWithTheRightButton()
    {
        put(ToolBench::block(0, 0, 30, 30));
        LassoTool lasso(m->target);
        lasso.press(m->event({10, 10}, Qt::RightButton));
        for (const QPointF p : {QPointF(20, 10), {20, 20}, {10, 20}})
            lasso.move(m->event(p));
        QVERIFY(lasso.preview().regionIsTaken);
        lasso.release(m->event({10, 20}, Qt::RightButton));
        QCOMPARE(m->steps(), 2);
        QCOMPARE(core::area(m->target.mask()), 800);
    }

    void aLassoOutsideThePictureGoesAlongItsBorder()
    {
        LassoTool lasso(m->target);
        lasso.press(m->event({-50, -50}, Qt::LeftButton));
        for (const QPointF p : {QPointF(1000, -50), {1000, 1000}, {-50, 1000}})
            lasso.move(m->event(p));
        lasso.release(m->event({-50, 1000}, Qt::LeftButton));
        QCOMPARE(core::area(m->target.mask()), PictureFolder::width * PictureFolder::height);
    }

    void aClickOrADroppedLassoIsNoStep()
    {
        LassoTool lasso(m->target);
        m->click(lasso, {10, 10});
        lasso.press(m->event({10, 10}, Qt::LeftButton));
        lasso.move(m->event({30, 10}));
        lasso.move(m->event({30, 30}));
        QVERIFY(lasso.takeBack());
        lasso.release(m->event({30, 30}, Qt::LeftButton));
        QCOMPARE(m->steps(), 0);
    }

    void fillingAHoleLeavesTheOthers()
    {
        putFrame();
        put(core::combine(ToolBench::block(30, 10, 6, 6), ToolBench::block(32, 12, 2, 2),
                          core::SetOperation::Difference));
        FillTool fill(m->target);
        const core::Rle before = m->target.mask();
        const int steps = m->steps();
        m->click(fill, {50, 40});     // outside of everything
        m->click(fill, {10.5, 10.5}); // on the frame
        m->click(fill, {-3, 10});
        wait(fill);
        QCOMPARE(m->steps(), steps);
        m->click(fill, {13.5, 13.5});
        QVERIFY(fill.isBusy());
        wait(fill);
        QCOMPARE(m->steps(), steps + 1);
        QCOMPARE(core::area(m->target.mask()), 14 * 12 + 6 * 6 - 2 * 2);
        m->document.undoStack()->undo();
        QVERIFY(m->target.mask() == before);
    }

    void takingAPartLeavesTheOthers()
    {
        putFrame();
        FillTool fill(m->target);
        m->click(fill, {15.5, 15.5}, Qt::RightButton);
        wait(fill);
        QCOMPARE(core::area(m->target.mask()), 14 * 12 - 10 * 8);
        m->click(fill, {13.5, 13.5}, Qt::RightButton); // nothing there
        wait(fill);
        QCOMPARE(core::area(m->target.mask()), 14 * 12 - 10 * 8);
        m->click(fill, {10.5, 10.5}, Qt::LeftButton, Qt::AltModifier); // the last one
        wait(fill);
        QVERIFY(m->document.annotations(m->selection.image()).empty());
    }

    void clicksThatComeMeanwhileFollow()
    {
        putFrame();
        FillTool fill(m->target);
        const int steps = m->steps();
        m->click(fill, {13.5, 13.5});                  // the hole round the dot
        m->click(fill, {10.5, 10.5}, Qt::RightButton); // all of it: there is one part by then
        QCOMPARE(m->steps(), steps);                   // nothing is worked out in the click
        wait(fill);
        QCOMPARE(m->steps(), steps + 2);
        QVERIFY(m->document.annotations(m->selection.image()).empty());
    }

    void undoTakesBackTheClickBeforeTheStep()
    {
        putFrame();
        const core::Rle frame = m->target.mask();
        FillTool fill(m->target);
        const int steps = m->steps();
        m->click(fill, {13.5, 13.5});
        m->click(fill, {10.5, 10.5}, Qt::RightButton);
        QVERIFY(fill.takeBack());
        QVERIFY(fill.isBusy());
        wait(fill);
        QCOMPARE(m->steps(), steps + 1);
        QCOMPARE(core::area(m->target.mask()), 14 * 12);
        m->document.undoStack()->undo();
        m->click(fill, {13.5, 13.5});
        QVERIFY(fill.takeBack());
        QVERIFY(!fill.isBusy());
        QVERIFY(!fill.takeBack());
        m->click(fill, {13.5, 13.5});
        fill.cancel();
        m->click(fill, {50, 40}); // comes after what was given up
        wait(fill);
        QVERIFY(m->target.mask() == frame);
    }

    void anObjectSelectedMeanwhileIsNotMeant()
    {
        putFrame();
        const core::Id frame = m->selection.single();
        m->selection.select(0);
        putFrame();
        FillTool fill(m->target);
        const int steps = m->steps();
        m->click(fill, {13.5, 13.5});
        m->selection.select(0);
        wait(fill);
        QCOMPARE(m->steps(), steps);
        QVERIFY(m->document.annotation(frame));
    }

    void similarPixelsThatHangTogether()
    {
        QImage image = picture();
        paint(image, {5, 5, 20, 10}, qRgb(200, 30, 30));
        paint(image, {10, 5, 3, 10}, qRgb(180, 40, 30)); // 20 away
        paint(image, {40, 5, 5, 5}, qRgb(200, 30, 30));  // alike, but apart
        const auto found = [&](int tolerance) { return *similarRegion(image, {6, 6}, tolerance); };
        QVERIFY(found(0) == ToolBench::block(5, 5, 5, 10));
        QVERIFY(found(19) == ToolBench::block(5, 5, 5, 10));
        QVERIFY(found(20) == ToolBench::block(5, 5, 20, 10));
        QCOMPARE(core::area(found(255)), PictureFolder::width * PictureFolder::height);
        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY(!similarRegion(image, {6, 6}, 20, stopped.get_token()));
    }

    void similarRegionsAreThoseOfASlowSearch()
    {
        std::mt19937 random(4);
        for (int round = 0; round < 100; ++round) {
            const QSize size(1 + int(random() % 30), 1 + int(random() % 30));
            QImage image(size, QImage::Format_RGB32);
            for (int y = 0; y < size.height(); ++y)
                for (int x = 0; x < size.width(); ++x)
                    image.setPixel(x, y, qRgb(int(random() % 4), int(random() % 2), 0));
            const QPoint seed(int(random() % unsigned(size.width())),
                              int(random() % unsigned(size.height())));
            const int tolerance = int(random() % 3);
            const QColor color = image.pixelColor(seed);
            core::Mask mask({size.width(), size.height()});
            mask.set(seed.x(), seed.y());
            for (bool grew = true; std::exchange(grew, false);) {
                for (int y = 0; y < size.height(); ++y) {
                    for (int x = 0; x < size.width(); ++x) {
                        const QColor here = image.pixelColor(x, y);
                        const auto isOn = [&](int i, int j) {
                            return i >= 0 && j >= 0 && i < size.width() && j < size.height() &&
                                   mask.at(i, j);
                        };
                        if (!mask.at(x, y) && std::abs(here.red() - color.red()) <= tolerance &&
                            std::abs(here.green() - color.green()) <= tolerance &&
                            (isOn(x - 1, y) || isOn(x + 1, y) || isOn(x, y - 1) ||
                             isOn(x, y + 1))) {
                            mask.set(x, y);
                            grew = true;
                        }
                    }
                }
            }
            QVERIFY(*similarRegion(image, seed, tolerance) == core::encode(mask));
        }
    }

    void theWandPutsAndTakesSimilarPixels()
    {
        QImage image = picture();
        paint(image, {5, 5, 20, 10}, qRgb(200, 30, 30));
        WandTool wand(m->target);
        m->click(wand, {10, 10}); // no picture yet
        QVERIFY(!wand.isBusy());
        wand.setPicture(image);
        m->click(wand, {10, 10});
        QTRY_COMPARE_WITH_TIMEOUT(m->steps(), 1, 20000);
        QVERIFY(!wand.isBusy());
        QVERIFY(m->target.mask() == ToolBench::block(5, 5, 20, 10));
        put(ToolBench::block(20, 5, 10, 10));
        m->click(wand, {10, 10}, Qt::RightButton);
        QTRY_COMPARE_WITH_TIMEOUT(m->steps(), 3, 20000);
        QVERIFY(m->target.mask() == ToolBench::block(25, 5, 5, 10));
    }

    void aStoppedSearchPutsNothing()
    {
        WandTool wand(m->target);
        wand.setPicture(picture());
        m->click(wand, {10, 10});
        QVERIFY(wand.isBusy());
        QVERIFY(wand.takeBack());
        QVERIFY(!wand.takeBack());
        m->click(wand, {20, 20});
        wand.setPicture({});
        QVERIFY(!wand.isBusy());
        QTest::qWait(50);
        QCOMPARE(m->steps(), 0);
    }
};

QTEST_GUILESS_MAIN(TestRegionTools)
#include "tst_region_tools.moc"
