// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_measure.h"
#include "core/mask/run_sums.h"

#include <QtTest>

#include <random>

// Runs are summed and taken over several at a time: every number of them, odd and even, with and
// without empty ones.
class TestRunSums : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areasOfEveryNumberOfRuns()
    {
        std::mt19937 random(16);
        for (std::size_t count = 1; count < 300; ++count) {
            core::Rle rle{{1, 0}, {}};
            std::int64_t expected = 0;
            for (std::size_t i = 0; i < count; ++i) {
                rle.counts.push_back(i == 0 && count % 3 == 0 ? 0 : 1 + random() % 1000);
                expected += i % 2 == 1 ? rle.counts.back() : 0;
                rle.size.height += int(rle.counts.back());
            }
            QCOMPARE(core::area(rle), expected);
        }
    }

    void spansOfEveryNumberOfRuns()
    {
        std::mt19937 random(18);
        for (std::size_t count = 0; count < 200; ++count) {
            std::vector<std::uint32_t> counts(2 * count);
            for (std::uint32_t &run : counts)
                run = random() % 4 == 0 ? 0 : random() % 1'000'000;
            const std::uint32_t first = count % 2 == 0 ? 0 : random() % 1'000'000;
            constexpr std::uint32_t untouched = 0xdeadbeef;
            std::vector<core::PixelSpan> spans(count + 1, {untouched, untouched});
            const std::uint32_t end = core::writeSpans(counts, first, spans.data());
            std::uint32_t place = first;
            for (std::size_t i = 0; i < count; ++i) {
                QCOMPARE(spans[i].begin, place);
                QCOMPARE(spans[i].end, place + counts[2 * i]);
                place += counts[2 * i] + counts[2 * i + 1];
            }
            QCOMPARE(end, place);
            QCOMPARE(spans[count].begin, untouched);
        }
    }

    void distancesOfEveryNumberOfPlaces()
    {
        std::mt19937 random(19);
        for (std::size_t count = 1; count < 100; ++count) {
            // None is the same as the one before, then each in turn.
            for (std::size_t same = 0; same < count; ++same) {
                std::vector<std::uint32_t> places{std::uint32_t(random() % 1'000'000)}, expected;
                for (std::size_t i = 1; i < count; ++i) {
                    expected.push_back(i == same ? 0 : 1 + random() % 1'000'000);
                    places.push_back(places.back() + expected.back());
                }
                constexpr std::uint32_t untouched = 0xdeadbeef;
                expected.push_back(untouched);
                std::vector<std::uint32_t> distances(count, untouched);
                QCOMPARE(core::writeDistances(places, distances.data()), same > 0);
                QCOMPARE(distances, expected);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestRunSums)
#include "tst_run_sums.moc"
