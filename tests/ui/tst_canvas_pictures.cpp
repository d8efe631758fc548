// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/label_map.h"
#include "ui/widgets/canvas/mask_painter.h"
#include "ui/widgets/canvas/picture_pyramid.h"
#include "ui/widgets/canvas/view_transform.h"

#include <QPainter>
#include <QTest>

#include <array>
#include <cmath>
#include <random>
#include <vector>

/// What the canvas paints: picture levels, label map, candidates' silhouettes.
class TestCanvasPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void levelsHalveAndKeepTheMean();
    void levelHasAPixelForEveryScreenPixel();
    void bigPixelsAreSquares();
    void topmostLabelWins();
    void labelsArePaintedWhereTheirPixelsAre();
    void runsOfLabelsArePaintedPixelByPixel_data();
    void runsOfLabelsArePaintedPixelByPixel();
    void linesFromPixelsAreAPointWide();
    void masksArePaintedInPartsAsAtOnce();
    void silhouetteShowsTheMask();
};

void TestCanvasPictures::levelsHalveAndKeepTheMean()
{
    QImage picture(1301, 901, QImage::Format_RGB32);
    picture.fill(Qt::black);
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); x += 2)
            picture.setPixel(x, y, 0xffffffff);
    const auto pyramid = ui::PicturePyramid::fromImage(picture);
    QCOMPARE(pyramid->size(), (core::Size{1301, 901}));
    QCOMPARE(pyramid->level(1).size(), QSize(651, 451));
    QCOMPARE(pyramid->level(2).size(), QSize(326, 226));
    QCOMPARE(qRed(pyramid->level(1).pixel(100, 100)), 128);
}

void TestCanvasPictures::levelHasAPixelForEveryScreenPixel()
{
    QImage picture(4000, 3000, QImage::Format_RGB32);
    picture.fill(Qt::gray);
    const auto pyramid = ui::PicturePyramid::fromImage(picture);
    QCOMPARE(pyramid->levelFor(3), 0);
    QCOMPARE(pyramid->levelFor(1), 0);
    QCOMPARE(pyramid->levelFor(0.6), 0);
    QCOMPARE(pyramid->levelFor(0.5), 1);
    QCOMPARE(pyramid->levelFor(0.2), 2);
    QCOMPARE(pyramid->levelFor(0.0001), pyramid->levelCount() - 1);
}

void TestCanvasPictures::bigPixelsAreSquares()
{
    QImage picture(4, 4, QImage::Format_RGB32);
    picture.fill(Qt::black);
    picture.setPixel(1, 1, 0xffffffff);
    ui::ViewTransform transform;
    transform.setViewport({400, 400}, 1);
    transform.setPicture({4, 4});
    transform.setZoom(20, {200, 200});
    QImage view(400, 400, QImage::Format_RGB32);
    view.fill(Qt::red);
    QPainter painter(&view);
    ui::PicturePyramid::fromImage(picture)->paint(painter, transform);
    painter.end();
    const QPoint corner = transform.toView(QPointF(1, 1)).toPoint();
    for (const QPoint inside : {QPoint(0, 0), QPoint(19, 0), QPoint(0, 19), QPoint(19, 19)})
        QCOMPARE(view.pixel(corner + inside), 0xffffffffU);
    for (const QPoint outside : {QPoint(-1, 0), QPoint(20, 0), QPoint(0, -1), QPoint(0, 20)})
        QCOMPARE(view.pixel(corner + outside), 0xff000000U);
}

static QImage block(QSize size)
{
    QImage image(size, QImage::Format_Indexed8);
    image.setColorTable({0, 0xffffffff});
    image.fill(1);
    return image;
}

void TestCanvasPictures::topmostLabelWins()
{
    ui::LabelMap map({10, 8});
    map.paint(block({4, 4}), {1, 1, 4, 4}, 1);
    map.paint(block({4, 4}), {3, 3, 4, 4}, 2);
    QCOMPARE(map.at(1, 1), 1);
    QCOMPARE(map.at(4, 4), 2);
    QCOMPARE(map.at(6, 6), 2);
    QCOMPARE(map.at(0, 0), 0);
    QCOMPARE(map.at(-1, 99), 0);
    map.paint(block({9, 9}), {5, 5, 9, 9}, 3); // reaches outside
    QCOMPARE(map.at(9, 7), 3);
}

void TestCanvasPictures::labelsArePaintedWhereTheirPixelsAre()
{
    ui::LabelMap map({6, 4});
    map.paint(block({2, 1}), {2, 1, 2, 1}, 1);
    for (const double ratio : {1.0, 2.0}) {
        ui::ViewTransform transform;
        transform.setViewport({120, 90}, ratio);
        transform.setPicture({6, 4});
        transform.setZoom(10 * ratio, {60, 45});
        const std::array<QRgb, 2> colors{0, 0xff00ff00};
        const QImage image =
            ui::renderLabels(map.view(), colors, transform, ui::wholeView(transform));
        QCOMPARE(image.size(), QSize(120, 90) * ratio);
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QPointF p = transform.toPicture(QPointF(x + 0.5, y + 0.5) / ratio);
                const bool on = p.x() >= 2 && p.x() < 4 && p.y() >= 1 && p.y() < 2;
                QCOMPARE(image.pixel(x, y), on ? 0xff00ff00U : 0U);
            }
        }
    }
}

void TestCanvasPictures::runsOfLabelsArePaintedPixelByPixel_data()
{
    QTest::addColumn<double>("zoom");
    QTest::addColumn<int>("run"); // pixels, at most
    for (const double zoom : {0.13, 0.5, 1.0, 3.3})
        for (const int run : {1, 3, 200})
            QTest::addRow("zoom %.2f, runs of up to %d", zoom, run) << zoom << run;
}

void TestCanvasPictures::runsOfLabelsArePaintedPixelByPixel()
{
    QFETCH(double, zoom);
    QFETCH(int, run);
    std::mt19937 random(11);
    const core::Size size{301, 203};
    std::vector<std::uint8_t> small(std::size_t(size.area()));
    for (std::size_t i = 0; i < small.size();) {
        const std::size_t end = std::min(small.size(), i + 1 + random() % unsigned(run));
        const auto label = std::uint8_t(random() % 4);
        while (i < end)
            small[i++] = label;
    }
    const std::vector<std::uint16_t> wide(small.begin(), small.end());
    const std::array<QRgb, 4> colors{0, 0xff00ff00, 0xffff0000, 0xff0000ff};
    ui::ViewTransform transform;
    transform.setViewport({150, 110}, 1.5);
    transform.setPicture(size);
    transform.setZoom(zoom, {40, 30});
    const QRect bounds(0, 0, size.width, size.height);
    for (const QRect &part : {ui::wholeView(transform), QRect(31, 17, 90, 55)}) {
        const QImage image = ui::renderLabels(ui::LabelView{small.data(), size.width, bounds},
                                              colors, transform, part);
        QVERIFY(image == ui::renderLabels(ui::WideLabelView{wide.data(), size.width, bounds},
                                          colors, transform, part));
        for (int y = 0; y < part.height(); ++y) {
            for (int x = 0; x < part.width(); ++x) {
                const QPointF p =
                    transform.toPicture(QPointF(part.x() + x + 0.5, part.y() + y + 0.5) / 1.5);
                const QPoint pixel(int(std::floor(p.x())), int(std::floor(p.y())));
                const auto place = std::size_t(pixel.y() * size.width + pixel.x());
                const QRgb color = bounds.contains(pixel) ? colors[small[place]] : 0U;
                QCOMPARE(image.pixel(x, y), color);
            }
        }
    }
}

void TestCanvasPictures::linesFromPixelsAreAPointWide()
{
    ui::LabelMap map({6, 4});
    QImage block(2, 2, QImage::Format_Indexed8);
    block.setColorTable({0, 0xffffffff});
    block.fill(1);
    map.paint(block, QRect(2, 1, 2, 2), 1);
    for (const int ratio : {1, 2, 3}) {
        ui::ViewTransform transform;
        transform.setViewport({120, 90}, ratio);
        transform.setPicture({6, 4});
        transform.setZoom(10 * ratio, {60, 45});
        const std::array<QRgb, 2> colors{0, 0xff00ff00}, lines{0, 0xffff0000};
        const QImage image = ui::renderOutlinedLabels(map.view(), colors, lines, transform,
                                                      ui::wholeView(transform));
        const QRectF square(transform.toView(QPointF(2, 1)), transform.toView(QPointF(4, 3)));
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QPointF p = QPointF(x + 0.5, y + 0.5) / ratio;
                const bool inside = square.adjusted(1, 1, -1, -1).contains(p);
                const QRgb wanted = inside ? 0xff00ff00U : square.contains(p) ? 0xffff0000U : 0U;
                QCOMPARE(image.pixel(x, y), wanted);
            }
        }
    }
}

/// A window is painted piece by piece, whatever has changed in it: no seam may be seen.
void TestCanvasPictures::masksArePaintedInPartsAsAtOnce()
{
    core::Mask mask(core::Size{300, 200});
    for (int y = 0; y < 200; ++y)
        for (int x = 0; x < 300; ++x)
            mask.set(x, y, std::hypot(x - 150, 1.5 * (y - 100)) < 90 + 20 * std::sin(x * 0.3));
    const ui::MaskPainter painter(ui::makeMaskShape(mask));
    for (const double ratio : {1.0, 1.25, 2.0}) {
        for (const double zoom : {0.4, 1.0, 9.0}) {
            ui::ViewTransform transform;
            transform.setViewport({160, 120}, ratio);
            transform.setPicture(mask.size);
            transform.setZoom(zoom, {70, 40});
            const QRect all = ui::wholeView(transform);
            const auto paint = [&](const std::vector<QRect> &parts) {
                QImage image(all.size(), QImage::Format_RGB32);
                image.fill(Qt::darkGreen);
                image.setDevicePixelRatio(ratio);
                QPainter onto(&image);
                for (const QRect &part : parts)
                    painter.paint(onto, transform, part, Qt::red, 0.3, 1.5);
                return image;
            };
            const QImage whole = paint({all});
            const int x = all.width() / 3, y = all.height() / 2 + 1;
            const QImage inParts = paint({QRect(0, 0, x, y), QRect(x, 0, all.width() - x, y),
                                          QRect(0, y, all.width(), all.height() - y)});
            QVERIFY(inParts == whole);
            QImage bare(all.size(), QImage::Format_RGB32);
            bare.fill(Qt::darkGreen);
            bare.setDevicePixelRatio(ratio);
            QVERIFY(whole != bare);
        }
    }
}

void TestCanvasPictures::silhouetteShowsTheMask()
{
    core::Mask mask(core::Size{100, 50});
    for (int y = 0; y < 50; ++y)
        for (int x = 0; x < 50; ++x)
            mask.set(x, y);
    const QImage image = ui::silhouette(ui::makeMaskShape(mask), QRect(0, 0, 100, 50), 40);
    QCOMPARE(image.size(), QSize(40, 20));
    QCOMPARE(qAlpha(image.pixel(5, 10)), 255);
    QCOMPARE(qAlpha(image.pixel(35, 10)), 0);
}

QTEST_GUILESS_MAIN(TestCanvasPictures)
#include "tst_canvas_pictures.moc"
