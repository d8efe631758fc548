// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/outline_lines.h"

#include <QTest>

class TestOutlineLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onePixelBecomesADiamond();
    void straightEdgesStayStraight();
    void everyRingIsALine();
    void emptyOutlineHasNoLines();
};

static QPainterPath pathOf(const QPolygonF &ring)
{
    QPainterPath path;
    path.addPolygon(ring);
    path.closeSubpath();
    return path;
}

void TestOutlineLines::onePixelBecomesADiamond()
{
    const auto lines = ui::outlineLines(pathOf({{1, 1}, {2, 1}, {2, 2}, {1, 2}}));
    QCOMPARE(lines.exact.size(), 1U);
    QCOMPARE(lines.exact.front(), QPolygonF({{1, 1}, {2, 1}, {2, 2}, {1, 2}, {1, 1}}));
    QCOMPARE(lines.smooth.front(), QPolygonF({{1.5, 1}, {2, 1.5}, {1.5, 2}, {1, 1.5}, {1.5, 1}}));
}

void TestOutlineLines::straightEdgesStayStraight()
{
    const auto lines = ui::outlineLines(pathOf({{0, 0}, {4, 0}, {4, 3}, {0, 3}}));
    QCOMPARE(lines.smooth.front(), QPolygonF({{0.5, 0},
                                              {3.5, 0},
                                              {4, 0.5},
                                              {4, 2.5},
                                              {3.5, 3},
                                              {0.5, 3},
                                              {0, 2.5},
                                              {0, 0.5},
                                              {0.5, 0}}));
}

void TestOutlineLines::everyRingIsALine()
{
    QPainterPath path = pathOf({{0, 0}, {3, 0}, {3, 3}, {0, 3}});
    path.addPath(pathOf({{1, 1}, {1, 2}, {2, 2}, {2, 1}}));
    const auto lines = ui::outlineLines(path);
    QCOMPARE(lines.exact.size(), 2U);
    QCOMPARE(lines.smooth.size(), 2U);
    QCOMPARE(lines.pointCount, 10);
}

void TestOutlineLines::emptyOutlineHasNoLines()
{
    QVERIFY(ui::outlineLines({}).exact.empty());
}

QTEST_GUILESS_MAIN(TestOutlineLines)
#include "tst_outline_lines.moc"
