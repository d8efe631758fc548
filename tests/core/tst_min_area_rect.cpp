// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/min_area_rect.h"

#include <QtTest>

#include <cmath>
#include <random>

namespace
{

using Points = std::vector<double>;

double areaOf(const std::array<double, 8> &corners)
{
    return std::hypot(corners[2] - corners[0], corners[3] - corners[1]) *
           std::hypot(corners[4] - corners[2], corners[5] - corners[3]);
}

/// By trying the direction between every two points.
double smallestArea(const Points &xy)
{
    double best = INFINITY;
    for (std::size_t i = 0; i < xy.size(); i += 2) {
        for (std::size_t j = 0; j < xy.size(); j += 2) {
            const double dx = xy[j] - xy[i], dy = xy[j + 1] - xy[i + 1];
            const double length = std::hypot(dx, dy);
            if (length == 0)
                continue;
            double low = INFINITY, high = -INFINITY, near = INFINITY, far = -INFINITY;
            for (std::size_t k = 0; k < xy.size(); k += 2) {
                const double along = (xy[k] * dx + xy[k + 1] * dy) / length;
                const double across = (xy[k + 1] * dx - xy[k] * dy) / length;
                low = std::min(low, along), high = std::max(high, along);
                near = std::min(near, across), far = std::max(far, across);
            }
            best = std::min(best, (high - low) * (far - near));
        }
    }
    return std::isfinite(best) ? best : 0;
}

/// The corner lies on the right of every side: the way round is clockwise.
bool holds(const std::array<double, 8> &corners, double x, double y)
{
    for (std::size_t i = 0; i < 8; i += 2) {
        const std::size_t next = (i + 2) % 8;
        const double dx = corners[next] - corners[i], dy = corners[next + 1] - corners[i + 1];
        if (dx * (y - corners[i + 1]) - dy * (x - corners[i]) < -1e-6)
            return false;
    }
    return true;
}

} // namespace

class TestMinAreaRect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hulls_data()
    {
        QTest::addColumn<Points>("points");
        QTest::addColumn<Points>("hull");
        QTest::newRow("nothing") << Points{} << Points{};
        QTest::newRow("a point twice") << Points{3, 4, 3, 4} << Points{3, 4};
        QTest::newRow("a line") << Points{0, 0, 2, 2, 1, 1} << Points{0, 0, 2, 2};
        QTest::newRow("a square, points on its sides and inside")
            << Points{0, 0, 2, 0, 2, 2, 0, 2, 1, 0, 1, 1, 2, 1} << Points{0, 0, 2, 0, 2, 2, 0, 2};
    }

    void hulls()
    {
        QFETCH(Points, points);
        QFETCH(Points, hull);
        QCOMPARE(core::convexHull(points), hull);
    }

    void rectangles_data()
    {
        QTest::addColumn<Points>("points");
        QTest::addColumn<Points>("corners");
        QTest::newRow("a point") << Points{3, 4} << Points{3, 4, 3, 4, 3, 4, 3, 4};
        QTest::newRow("upright, from the top left")
            << Points{5, 4, 1, 4, 1, 2, 5, 2} << Points{1, 2, 5, 2, 5, 4, 1, 4};
        QTest::newRow("a square on its tip, from the upper of the two")
            << Points{2, 0, 4, 2, 2, 4, 0, 2} << Points{2, 0, 4, 2, 2, 4, 0, 2};
        QTest::newRow("a leaning bar, from the upper of the two")
            << Points{0, 3, 3, 0, 4, 1, 1, 4} << Points{3, 0, 4, 1, 1, 4, 0, 3};
    }

    void rectangles()
    {
        QFETCH(Points, points);
        QFETCH(Points, corners);
        const std::array<double, 8> found = core::minAreaRect(points);
        for (std::size_t i = 0; i < 8; ++i)
            QVERIFY2(std::abs(found[i] - corners[i]) < 1e-9, qPrintable(QString::number(found[i])));
    }

    void pointsOnALineGiveNoArea()
    {
        const std::array<double, 8> corners = core::minAreaRect(Points{0, 0, 4, 3, 8, 6});
        QVERIFY(areaOf(corners) < 1e-9);
        QVERIFY(holds(corners, 4, 3));
    }

    void noRectangleIsSmaller()
    {
        std::mt19937 random(17);
        for (int round = 0; round < 3000; ++round) {
            Points points;
            const int side = round % 2 == 0 ? 9 : 900; // the small ones have many on a line
            for (int n = 1 + int(random() % 14); n > 0; --n)
                points.insert(points.end(), {double(int(random() % unsigned(side)) - 3),
                                             double(random() % unsigned(side))});
            const std::array<double, 8> corners = core::minAreaRect(points);
            QVERIFY(std::abs(areaOf(corners) - smallestArea(points)) < 1e-6);
            for (std::size_t i = 0; i < points.size(); i += 2)
                QVERIFY(holds(corners, points[i], points[i + 1]));
            for (std::size_t i = 2; i < 8; i += 2)
                QVERIFY(corners[0] + corners[1] <= corners[i] + corners[i + 1] + 1e-9);
        }
    }
};

QTEST_GUILESS_MAIN(TestMinAreaRect)
#include "tst_min_area_rect.moc"
