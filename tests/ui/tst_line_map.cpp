// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/line_map.h"

#include <QImage>
#include <QPainter>
#include <QPen>
#include <QtTest>

#include <cmath>
#include <random>

using namespace ui;

namespace
{

QImage clear(QSize size)
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(0);
    return image;
}

QImage painted(const QRect &part, const std::vector<QPen> &pens, const QPolygonF &line,
               double ratio = 1)
{
    LineMap map(part, pens, ratio);
    for (qsizetype i = 1; i < line.size(); ++i)
        map.add(line[i - 1], line[i]);
    QImage image = clear(part.size());
    for (int y = 0; y < part.height(); ++y)
        map.paintOver(y, reinterpret_cast<QRgb *>(image.scanLine(y)));
    return image;
}

/// By Qt's stroker.
QImage stroked(QSize size, const std::vector<QPen> &pens, const QPolygonF &line, double ratio)
{
    QImage image = clear(size);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    for (QPen pen : pens) {
        pen.setWidthF(pen.widthF() * ratio);
        pen.setCapStyle(Qt::RoundCap);
        pen.setJoinStyle(Qt::RoundJoin);
        painter.setPen(pen);
        painter.drawPolyline(line);
    }
    return image;
}

QPolygonF wave(double turn)
{
    QPolygonF line;
    for (double t = 0; t <= 1; t += 0.02) {
        const double along = 20 + 160 * t, across = 60 + 30 * std::sin(9 * t);
        line << QPointF(100 + (along - 100) * std::cos(turn) - (across - 60) * std::sin(turn),
                        100 + (along - 100) * std::sin(turn) + (across - 60) * std::cos(turn));
    }
    return line;
}

const std::vector<QPen> threePens{QPen(QColor(0, 0, 0, 110), 3.1),
                                  QPen(QColor(255, 255, 255, 170), 2.2),
                                  QPen(QColor(230, 60, 120), 1.5)};

} // namespace

class TestLineMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLineThroughMiddlesFillsItsPixels()
    {
        const QImage image = painted({0, 0, 12, 5}, {QPen(Qt::red, 1)}, {{2.5, 2.5}, {9.5, 2.5}});
        for (int x = 3; x <= 8; ++x) {
            QCOMPARE(image.pixel(x, 2), qRgb(255, 0, 0));
            QCOMPARE(image.pixel(x, 1), 0U);
            QCOMPARE(image.pixel(x, 3), 0U);
        }
        QCOMPARE(image.pixel(0, 2), 0U);
        QCOMPARE(image.pixel(11, 2), 0U);
    }

    void aLineBetweenPixelsIsSharedByThem()
    {
        const QImage image = painted({0, 0, 12, 6}, {QPen(Qt::red, 1)}, {{2, 3}, {10, 3}});
        for (int x = 3; x <= 8; ++x) {
            for (const int y : {2, 3})
                QVERIFY(std::abs(qAlpha(image.pixel(x, y)) - 128) <= 2);
            QCOMPARE(image.pixel(x, 1), 0U);
        }
    }

    void widthsAreOfTheView()
    {
        const QImage image = painted({0, 0, 8, 9}, {QPen(Qt::red, 1.5)}, {{1, 4.5}, {7, 4.5}}, 2);
        for (int y = 0; y < 9; ++y)
            QCOMPARE(image.pixel(4, y), y >= 3 && y <= 5 ? qRgb(255, 0, 0) : 0U);
    }

    /// What a stroke along the line would have covered, within what the eye tells apart.
    void looksLikeStrokes_data()
    {
        QTest::addColumn<double>("turn");
        QTest::addColumn<double>("ratio");
        for (const double turn : {0.0, 0.4, 0.785, 1.3, 1.571})
            for (const double ratio : {1.0, 1.5, 2.0})
                QTest::addRow("turned by %.2f, %.1f pixels to a point", turn, ratio)
                    << turn << ratio;
    }
    void looksLikeStrokes()
    {
        QFETCH(double, turn);
        QFETCH(double, ratio);
        const QSize size(200, 200);
        const QImage ours = painted({QPoint(), size}, threePens, wave(turn), ratio);
        const QImage qt = stroked(size, threePens, wave(turn), ratio);
        double ourSum = 0, qtSum = 0, difference = 0;
        int worst = 0, seen = 0;
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                const QRgb a = ours.pixel(x, y), b = qt.pixel(x, y);
                ourSum += qAlpha(a);
                qtSum += qAlpha(b);
                const int off =
                    std::max({std::abs(qAlpha(a) - qAlpha(b)), std::abs(qRed(a) - qRed(b)),
                              std::abs(qGreen(a) - qGreen(b))});
                worst = std::max(worst, off);
                difference += off;
                seen += a != 0 || b != 0;
            }
        }
        QVERIFY(std::abs(ourSum / qtSum - 1) < 0.03);
        QVERIFY2(difference / seen < 12, qPrintable(QString::number(difference / seen)));
        QVERIFY2(worst < 96, qPrintable(QString::number(worst))); // one pixel where a line turns
    }

    void partsAreCutOutOfTheWhole()
    {
        std::mt19937 random(5);
        const auto upTo = [&](double most) { return double(random() % 10'000) / 10'000 * most; };
        for (int round = 0; round < 200; ++round) {
            QPolygonF line;
            for (int i = 0; i < 8; ++i)
                line << QPointF(upTo(400) - 100, upTo(300) - 100);
            const QImage whole = painted({0, 0, 200, 100}, threePens, line, 1.5);
            const QRect part(int(upTo(150)), int(upTo(80)), 1 + int(upTo(49)), 1 + int(upTo(19)));
            QVERIFY(painted(part, threePens, line, 1.5) == whole.copy(part));
        }
    }

    void farPixelsCostNothing()
    {
        LineMap map({0, 0, 640, 640}, threePens, 1);
        map.add({0, 0}, {640, 640});
        map.add({-5000, 20}, {-10, 900}); // beside the part
        int touched = 0;
        for (int row = 0; row < map.tileRows(); ++row)
            for (int column = 0; column < map.tileColumns(); ++column)
                touched += map.isTouched(column, row);
        QVERIFY(map.isTouched(0, 0) && map.isTouched(19, 19) && !map.isTouched(0, 10));
        QVERIFY2(touched < 4 * 20, qPrintable(QString::number(touched)));
    }
};

QTEST_GUILESS_MAIN(TestLineMap)
#include "tst_line_map.moc"
