// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/logit_loops.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace
{

constexpr float infinity = std::numeric_limits<float>::infinity();

/// Many of them lie on a cut.
std::vector<float> logits(std::mt19937 &random, std::size_t count)
{
    std::vector<float> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(float(int(random() % 9) - 4) * 0.25f);
    return values;
}

} // namespace

// As many logits as there may be, of which the last ones fill no register.
class TestLogitLoops : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marksAndCountsWhatLiesAbove()
    {
        std::mt19937 random(7);
        for (std::size_t count = 0; count < 200; ++count) {
            const std::vector<float> values = logits(random, count);
            for (const float cut : {-1.0f, 0.0f, 0.25f}) {
                std::vector<std::uint8_t> expected(count + 1, 7), pixels = expected;
                std::transform(values.begin(), values.end(), expected.begin(),
                               [cut](float value) { return value > cut ? 1 : 0; });
                core::markAbove(values, cut, pixels.data());
                QCOMPARE(pixels, expected);
                QCOMPARE(core::countAbove(values, cut),
                         std::int32_t(std::count(expected.begin(), expected.end() - 1, 1)));
            }
        }
    }

    void nanIsNotAbove()
    {
        const std::vector<float> values(9, std::numeric_limits<float>::quiet_NaN());
        std::vector<std::uint8_t> pixels(9, 7);
        core::markAbove(values, 0, pixels.data());
        QCOMPARE(pixels, std::vector<std::uint8_t>(9, 0));
        QCOMPARE(core::countAbove(values, 0), 0);
    }

    void blendsWithEachStepRounded()
    {
        std::mt19937 random(9);
        std::normal_distribution<float> normal;
        for (std::size_t count = 0; count < 100; ++count) {
            std::vector<float> a, b, expected;
            for (std::size_t i = 0; i < count; ++i) {
                a.push_back(normal(random));
                b.push_back(normal(random));
                const volatile float first = a[i] * 0.3f, second = b[i] * 0.7f;
                expected.push_back(first + second);
            }
            expected.push_back(-5);
            std::vector<float> out(count + 1, -5);
            core::blend(a, 0.3f, b.data(), 0.7f, out.data());
            QVERIFY(out == expected);
        }
    }

    void findsTheGreatestMagnitude()
    {
        std::mt19937 random(11);
        std::normal_distribution<float> normal(0, 10);
        QCOMPARE(core::greatestMagnitude({}), 0.0f);
        for (std::size_t count = 1; count < 100; ++count) {
            std::vector<float> values;
            float expected = 0;
            for (std::size_t i = 0; i < count; ++i) {
                values.push_back(normal(random));
                expected = std::max(expected, std::abs(values[i]));
            }
            QVERIFY(core::greatestMagnitude(values) == expected);
            for (const float odd : {infinity, -infinity, std::numeric_limits<float>::quiet_NaN(),
                                    -std::numeric_limits<float>::quiet_NaN()}) {
                std::vector<float> spoilt = values;
                spoilt[random() % count] = odd;
                QVERIFY(core::greatestMagnitude(spoilt) == infinity);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestLogitLoops)
#include "tst_logit_loops.moc"
