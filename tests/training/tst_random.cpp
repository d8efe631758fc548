// SPDX-License-Identifier: Apache-2.0
#include "core/training/random.h"

#include <QtTest>

using core::Random;

class TestRandom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameSeedAndStreamGiveTheSameNumbers()
    {
        Random a(7, 3);
        Random b(7, 3);
        for (int i = 0; i < 100; ++i) {
            QCOMPARE(a.next(), b.next());
        }
    }
    void neighbouringStreamsDiffer()
    {
        Random a(7, 3);
        Random b(7, 4);
        int equal = 0;
        for (int i = 0; i < 100; ++i) {
            equal += a.next() == b.next();
        }
        QVERIFY(equal < 3);
    }
    void theNumbersAreTheSameOnEveryMachine()
    {
        QCOMPARE(Random::mix(0),
                 std::uint64_t{0xe220a8397b1dcdafULL}); // SplitMix64's first output for seed 0
    }
    void uniformStaysWithinItsBoundsAndFillsThem()
    {
        Random random(1);
        float low = 1;
        float high = 0;
        double sum = 0;
        for (int i = 0; i < 10000; ++i) {
            const float value = random.uniform();
            low = std::min(low, value);
            high = std::max(high, value);
            sum += value;
        }
        QVERIFY(low >= 0 && low < 0.01F);
        QVERIFY(high < 1 && high > 0.99F);
        QVERIFY(std::abs(sum / 10000 - 0.5) < 0.02);
    }
    void indexReachesEveryValueAndNoOther()
    {
        Random random(2);
        std::array<int, 5> hits{};
        for (int i = 0; i < 1000; ++i) {
            const int value = random.index(5);
            QVERIFY(value >= 0 && value < 5);
            ++hits[static_cast<std::size_t>(value)];
        }
        for (const int count : hits) {
            QVERIFY(count > 120);
        }
    }
    void normalHasMeanZeroAndDeviationOne()
    {
        Random random(3);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 20000; ++i) {
            const double value = random.normal();
            sum += value;
            squares += value * value;
        }
        QVERIFY(std::abs(sum / 20000) < 0.03);
        QVERIFY(std::abs(squares / 20000 - 1) < 0.05);
    }
};

QTEST_APPLESS_MAIN(TestRandom)
#include "tst_random.moc"
