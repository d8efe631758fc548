// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/view_transform.h"

#include <QTest>

using ui::ViewTransform;

class TestViewTransform : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mapsBothWays_data();
    void mapsBothWays();
    void firstPixelsCentreIsImageOrigin();
    void zoomKeepsThePointUnderThePointer();
    void zoomIsScreenPixelsOnHighDpi();
    void fitShowsTheWholePicture_data();
    void fitShowsTheWholePicture();
    void smallPictureIsCentredAndStays();
    void pictureIsNeverLostByPanning();
    void staysFittedWhenTheViewGrows();
    void keepsItsMiddleWhenTheViewGrows();
    void showZoomsToARectangle();
    void dragOutsideIsClampedToPixels();
};

static ViewTransform viewOf(core::Size picture, QSizeF viewport, double ratio = 1)
{
    ViewTransform t;
    t.setViewport(viewport, ratio);
    t.setPicture(picture);
    return t;
}

static bool near(QPointF a, QPointF b, double tolerance)
{
    return QLineF(a, b).length() <= tolerance;
}

void TestViewTransform::mapsBothWays_data()
{
    QTest::addColumn<double>("zoom");
    QTest::addColumn<double>("ratio");
    for (const double zoom : {0.25, 1.0, 3.3, 64.0})
        for (const double ratio : {1.0, 1.5, 2.0})
            QTest::addRow("zoom %g, pixel ratio %g", zoom, ratio) << zoom << ratio;
}

void TestViewTransform::mapsBothWays()
{
    QFETCH(double, zoom);
    QFETCH(double, ratio);
    ViewTransform t = viewOf({4000, 3000}, {900, 700}, ratio);
    t.setZoom(zoom, {300, 200});
    QCOMPARE(t.zoom(), zoom);
    for (const QPointF p : {QPointF(0, 0), QPointF(450, 350), QPointF(899, 1)}) {
        QVERIFY(near(t.toView(t.toPicture(p)), p, 1e-6));
        QVERIFY(near(t.toView(t.toImage(p)), p, 1e-6));
        QVERIFY(near(t.pictureToView().map(t.toPicture(p)), p, 1e-6));
    }
}

void TestViewTransform::firstPixelsCentreIsImageOrigin()
{
    ViewTransform t = viewOf({100, 80}, {800, 600});
    t.setZoom(10, {0, 0});
    const QPointF corner = t.pictureInView().topLeft();
    const core::ImagePoint p = t.toImage(corner + QPointF(5, 5));
    QVERIFY(std::abs(p.x) < 1e-9 && std::abs(p.y) < 1e-9);
}

void TestViewTransform::zoomKeepsThePointUnderThePointer()
{
    ViewTransform t = viewOf({6000, 4000}, {1000, 700});
    t.setZoom(1, {500, 350});
    const QPointF pointer(320, 410);
    const QPointF before = t.toPicture(pointer);
    for (int i = 0; i < 12; ++i)
        t.zoomBy(1.25, pointer);
    // Half a screen pixel of rounding per step.
    QVERIFY(near(t.toPicture(pointer), before, 12 * 0.75));
    QVERIFY(near(t.toView(before), pointer, 12 * 0.75 * t.zoom() / 14));
}

void TestViewTransform::zoomIsScreenPixelsOnHighDpi()
{
    ViewTransform t = viewOf({4000, 3000}, {900, 700}, 2);
    t.setZoom(1, {10, 10});
    QCOMPARE(t.scale(), 0.5);
}

void TestViewTransform::fitShowsTheWholePicture_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("landscape") << 6000 << 4000;
    QTest::newRow("tall strip") << 50 << 20000;
    QTest::newRow("wide strip") << 30000 << 10;
    QTest::newRow("one pixel") << 1 << 1;
}

void TestViewTransform::fitShowsTheWholePicture()
{
    QFETCH(int, width);
    QFETCH(int, height);
    const ViewTransform t = viewOf({width, height}, {800, 600});
    QVERIFY(t.isFitted());
    QVERIFY(QRectF(0, 0, 800, 600).contains(t.pictureInView()));
    QCOMPARE(t.visiblePicture(), QRectF(0, 0, width, height));
    QVERIFY(t.minZoom() <= t.zoom());
}

void TestViewTransform::smallPictureIsCentredAndStays()
{
    ViewTransform t = viewOf({100, 50}, {801, 601});
    t.setZoom(1, {0, 0});
    t.panBy({200, 200});
    QVERIFY(near(t.pictureInView().center(), {400.5, 300.5}, 1));
}

void TestViewTransform::pictureIsNeverLostByPanning()
{
    ViewTransform t = viewOf({3000, 2000}, {800, 600});
    t.setZoom(1, {0, 0});
    t.panBy({1e6, -1e6});
    QVERIFY(t.pictureInView().intersects(QRectF(0, 0, 800, 600)));
    QCOMPARE(t.pictureInView().left(), 400.0);
    QCOMPARE(t.pictureInView().bottom(), 300.0);
}

void TestViewTransform::staysFittedWhenTheViewGrows()
{
    ViewTransform t = viewOf({3000, 2000}, {800, 600});
    const double before = t.zoom();
    t.setViewport({1600, 1200}, 1);
    QVERIFY(t.isFitted());
    QVERIFY(t.zoom() > before);
}

void TestViewTransform::keepsItsMiddleWhenTheViewGrows()
{
    ViewTransform t = viewOf({3000, 2000}, {800, 600});
    t.setZoom(2, {700, 100});
    const QPointF middle = t.toPicture(t.viewCenter());
    t.setViewport({1000, 400}, 1);
    QCOMPARE(t.zoom(), 2.0);
    QVERIFY(near(t.toPicture(t.viewCenter()), middle, 1));
}

void TestViewTransform::showZoomsToARectangle()
{
    ViewTransform t = viewOf({3000, 2000}, {800, 600});
    const QRectF object(1000, 500, 60, 40);
    t.show(object);
    QVERIFY(t.visiblePicture().contains(object));
    QVERIFY(t.zoom() > 8);
    QVERIFY(near(t.toPicture(t.viewCenter()), object.center(), 1));
}

void TestViewTransform::dragOutsideIsClampedToPixels()
{
    const ViewTransform t = viewOf({300, 200}, {800, 600});
    QCOMPARE(t.toImageClamped({-50, -50}), (core::ImagePoint{0, 0}));
    QCOMPARE(t.toImageClamped({5000, 5000}), (core::ImagePoint{299, 199}));
    QVERIFY(!t.isOnPicture({-1, 300}));
    QVERIFY(t.isOnPicture(t.viewCenter()));
}

QTEST_GUILESS_MAIN(TestViewTransform)
#include "tst_view_transform.moc"
