// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/mask_outline.h"

#include <QPainterPath>
#include <QRandomGenerator>
#include <QTest>

class TestMaskOutline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onePixelIsASquare();
    void holeIsABorderOfItsOwn();
    void diagonalNeighboursAreApart();
    void emptyMaskHasNoOutline();
    void fillingTheOutlineGivesTheMask();
};

static core::Mask maskOf(const QStringList &rows)
{
    core::Mask mask(
        core::Size{static_cast<int>(rows.first().size()), static_cast<int>(rows.size())});
    for (int y = 0; y < rows.size(); ++y)
        for (int x = 0; x < rows[y].size(); ++x)
            mask.set(x, y, rows[y][x] == QLatin1Char('#'));
    return mask;
}

void TestMaskOutline::onePixelIsASquare()
{
    const auto outline = ui::outlineOf(maskOf({"...", ".#.", "..."}));
    QCOMPARE(outline.bounds, QRect(1, 1, 1, 1));
    QCOMPARE(outline.exact.size(), 1U);
    QCOMPARE(outline.exact.front(), QPolygonF({{1, 1}, {2, 1}, {2, 2}, {1, 2}, {1, 1}}));
    QCOMPARE(outline.smooth.front(), QPolygonF({{1.5, 1}, {2, 1.5}, {1.5, 2}, {1, 1.5}, {1.5, 1}}));
}

void TestMaskOutline::holeIsABorderOfItsOwn()
{
    const auto outline = ui::outlineOf(maskOf({"###", "#.#", "###"}));
    QCOMPARE(outline.exact.size(), 2U);
    QCOMPARE(outline.exact[0].boundingRect(), QRectF(0, 0, 3, 3));
    QCOMPARE(outline.exact[1].boundingRect(), QRectF(1, 1, 1, 1));
}

void TestMaskOutline::diagonalNeighboursAreApart()
{
    QCOMPARE(ui::outlineOf(maskOf({"#.", ".#"})).exact.size(), 2U);
    QCOMPARE(ui::outlineOf(maskOf({".#", "#."})).exact.size(), 2U);
}

void TestMaskOutline::emptyMaskHasNoOutline()
{
    const auto outline = ui::outlineOf(maskOf({"..", ".."}));
    QVERIFY(outline.exact.empty());
    QVERIFY(outline.bounds.isEmpty());
}

void TestMaskOutline::fillingTheOutlineGivesTheMask()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 20; ++round) {
        core::Mask mask(core::Size{17, 13});
        for (auto &pixel : mask.pixels)
            pixel = random.bounded(100) < 55;
        QPainterPath path;
        path.setFillRule(Qt::OddEvenFill);
        for (const QPolygonF &polygon : ui::outlineOf(mask).exact)
            path.addPolygon(polygon);
        for (int y = 0; y < mask.size.height; ++y)
            for (int x = 0; x < mask.size.width; ++x)
                QCOMPARE(path.contains(QPointF(x + 0.5, y + 0.5)), mask.at(x, y) == 1);
    }
}

QTEST_GUILESS_MAIN(TestMaskOutline)
#include "tst_mask_outline.moc"
