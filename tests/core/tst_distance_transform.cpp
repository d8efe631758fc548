// SPDX-License-Identifier: Apache-2.0
#include "core/mask/distance_transform.h"

#include <QtTest>

#include <random>

class TestDistanceTransform : public QObject
{
    Q_OBJECT

    /// Every pixel against every other, the frame of one pixel included.
    static std::vector<std::int64_t> bruteForce(const core::Mask &mask, core::Beyond beyond)
    {
        const auto [width, height] = mask.size;
        std::vector<std::int64_t> distances;
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                std::int64_t nearest = core::unreachable;
                for (int v = -1; v <= height; ++v) {
                    for (int u = -1; u <= width; ++u) {
                        const bool inside = u >= 0 && v >= 0 && u < width && v < height;
                        if (inside ? !mask.at(u, v) : beyond == core::Beyond::Off)
                            nearest = std::min<std::int64_t>(nearest,
                                                             (u - x) * (u - x) + (v - y) * (v - y));
                    }
                }
                distances.push_back(nearest);
            }
        }
        return distances;
    }

private Q_SLOTS:
    void equalsBruteForce_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<double>("shareOn");
        QTest::newRow("sparse") << 23 << 17 << 0.3;
        QTest::newRow("dense") << 23 << 17 << 0.97;
        QTest::newRow("wide and dense") << 60 << 3 << 0.97;
        QTest::newRow("one pixel") << 1 << 1 << 1.0;
        QTest::newRow("one column") << 1 << 19 << 0.9;
        QTest::newRow("all on") << 12 << 15 << 1.0;
        QTest::newRow("all off") << 12 << 15 << 0.0;
    }
    void equalsBruteForce()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(double, shareOn);
        std::mt19937 random(7);
        for (int repeat = 0; repeat < 20; ++repeat) {
            core::Mask mask({width, height});
            for (auto &pixel : mask.pixels)
                pixel = random() < shareOn * 4294967296.0;
            for (const auto beyond : {core::Beyond::Off, core::Beyond::Nothing})
                QCOMPARE(core::squaredDistances(mask, beyond), bruteForce(mask, beyond));
        }
    }
};

QTEST_APPLESS_MAIN(TestDistanceTransform)
#include "tst_distance_transform.moc"
