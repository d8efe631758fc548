// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/simplify.h"

#include <QtTest>

#include <cmath>
#include <random>

using Numbers = std::vector<std::size_t>;

class TestSimplify : public QObject
{
    Q_OBJECT

private:
    static double distanceToPiece(const std::vector<double> &xy, std::size_t p, std::size_t a,
                                  std::size_t b)
    {
        const double ex = xy[2 * b] - xy[2 * a], ey = xy[2 * b + 1] - xy[2 * a + 1];
        const double px = xy[2 * p] - xy[2 * a], py = xy[2 * p + 1] - xy[2 * a + 1];
        const double length = ex * ex + ey * ey;
        const double t = length > 0 ? std::clamp((px * ex + py * ey) / length, 0.0, 1.0) : 0.0;
        return std::hypot(px - t * ex, py - t * ey);
    }

private Q_SLOTS:
    void aStraightLineNeedsItsEnds()
    {
        QCOMPARE(core::simplifyLine(std::vector<double>{0, 0, 1, 1, 2, 2, 3, 3}, 0.1),
                 Numbers({0, 3}));
    }

    void aCornerIsKept()
    {
        QCOMPARE(core::simplifyLine(std::vector<double>{0, 0, 2, 0, 4, 0, 4, 2, 4, 4}, 0.5),
                 Numbers({0, 2, 4}));
    }

    void fewPointsAreKeptAsTheyAre()
    {
        QCOMPARE(core::simplifyLine({}, 1), Numbers());
        QCOMPARE(core::simplifyLine(std::vector<double>{5, 5}, 1), Numbers({0}));
        QCOMPARE(core::simplifyRing({}, 1), Numbers());
        QCOMPARE(core::simplifyRing(std::vector<double>{0, 0, 1, 0, 1, 1, 0, 1}, 10),
                 Numbers({0, 1, 2, 3}));
    }

    void aRectanglesRingHasFourCornersWhereverItBegins()
    {
        const std::vector<double> ring{3, 0, 6, 0, 6, 2, 6, 4, 0, 4, 0, 2, 0, 0};
        QCOMPARE(core::simplifyRing(ring, 0.5), Numbers({1, 3, 4, 6}));
    }

    void aRingKeepsThreePointsHoweverRoughTheTolerance()
    {
        std::vector<double> circle;
        for (int i = 0; i < 40; ++i) {
            circle.push_back(10 * std::cos(i * M_PI / 20));
            circle.push_back(10 * std::sin(i * M_PI / 20));
        }
        QCOMPARE(core::simplifyRing(circle, 1000).size(), std::size_t(3));
    }

    void whatIsLeftOutLiesWithinTheTolerance_data()
    {
        QTest::addColumn<bool>("closed");
        QTest::newRow("line") << false;
        QTest::newRow("ring") << true;
    }

    void whatIsLeftOutLiesWithinTheTolerance()
    {
        QFETCH(bool, closed);
        std::mt19937 random(7);
        for (int round = 0; round < 300; ++round) {
            std::vector<double> xy;
            const std::size_t count = 5 + random() % 80;
            double x = 0, y = 0;
            for (std::size_t i = 0; i < count; ++i) {
                xy.insert(xy.end(), {x, y});
                x += int(random() % 7) - 3;
                y += int(random() % 7) - 3;
            }
            const double tolerance = double(random() % 40) / 10;
            const Numbers kept =
                closed ? core::simplifyRing(xy, tolerance) : core::simplifyLine(xy, tolerance);
            QVERIFY(std::is_sorted(kept.begin(), kept.end()));
            QVERIFY(std::adjacent_find(kept.begin(), kept.end()) == kept.end());
            if (!closed) {
                QCOMPARE(kept.front(), std::size_t(0));
                QCOMPARE(kept.back(), count - 1);
            }
            for (std::size_t k = 0; k + (closed ? 0 : 1) < kept.size(); ++k) {
                const std::size_t a = kept[k];
                const std::size_t b = kept[(k + 1) % kept.size()];
                for (std::size_t i = (a + 1) % count; i != b; i = (i + 1) % count)
                    QVERIFY(distanceToPiece(xy, i, a, b) <= tolerance + 1e-9);
            }
        }
    }

    void aRougherToleranceKeepsNoMore()
    {
        std::vector<double> xy;
        for (int i = 0; i < 500; ++i)
            xy.insert(xy.end(), {double(i), 20 * std::sin(i / 30.0) + i % 2});
        std::size_t before = xy.size();
        for (const double tolerance : {0.1, 0.6, 1.5, 5.0, 50.0}) {
            const std::size_t kept = core::simplifyLine(xy, tolerance).size();
            QVERIFY(kept <= before);
            before = kept;
        }
        QCOMPARE(before, std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(TestSimplify)
#include "tst_simplify.moc"
