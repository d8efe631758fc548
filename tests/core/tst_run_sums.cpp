// SPDX-License-Identifier: Apache-2.0
#include "core/mask/run_lengths.h"
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
            std::vector<std::uint32_t> counts;
            std::uint32_t expected = 0;
            for (std::size_t i = 0; i < count; ++i) {
                counts.push_back(i == 0 && count % 3 == 0 ? 0 : 1 + random() % 1000);
                expected += i % 2 == 1 ? counts.back() : 0;
            }
            QCOMPARE(core::sumOfEverySecond(counts), expected);
            QCOMPARE(core::RunLengths(counts).area(), std::int64_t(expected));
        }
    }

    void lengthsAreWhatWasGiven()
    {
        const std::vector<std::uint32_t> counts{3, 4, 5};
        const core::RunLengths lengths(counts), other{3, 4, 6};
        QCOMPARE(std::vector(lengths.begin(), lengths.end()), counts);
        QVERIFY(lengths == core::RunLengths(counts.data(), counts.data() + 3));
        QVERIFY(lengths != other);
        QCOMPARE(core::RunLengths().area(), std::int64_t(0));
    }

    void whatWasTakenIsEmpty()
    {
        core::RunLengths source{3, 4, 5}, target;
        const core::RunLengths copy = source, taken = std::move(source);
        QVERIFY(taken == copy);
        QVERIFY(source == core::RunLengths());
        source = copy;
        target = std::move(source);
        QVERIFY(target == copy);
        QVERIFY(source == core::RunLengths());
    }

    // As far as the limit, and not past it; whole blocks, as many as there are.
    void skipsNotPastTheLimit()
    {
        std::mt19937 random(20);
        for (std::size_t count = 0; count < 300; ++count) {
            std::vector<std::uint32_t> counts(count), ends{1000};
            for (std::uint32_t &run : counts) {
                run = random() % 4 == 0 ? 0 : random() % 1'000'000;
                ends.push_back(ends.back() + run);
            }
            for (std::size_t within = 0; within <= count; within += 1 + random() % 7) {
                // Exactly at a run's end, which still is within, or one before.
                for (const std::uint32_t limit : {ends[within], ends[within] - 1}) {
                    std::uint32_t place = ends[0];
                    const std::size_t skipped = core::skipRuns(counts, limit, place);
                    QCOMPARE(place, ends[skipped]);
                    QVERIFY(skipped == 0 || place <= limit);
                    QCOMPARE(skipped % 16, std::size_t(0));
                    QVERIFY(skipped + 16 > count || ends[skipped + 16] > limit);
                }
            }
        }
    }

    void copiesEveryNumberOfRuns()
    {
        std::mt19937 random(21);
        for (std::size_t count = 0; count < 100; ++count) {
            // None is empty, then each in turn.
            for (std::size_t empty = 0; empty <= count; ++empty) {
                std::vector<std::uint32_t> counts(count);
                for (std::uint32_t &run : counts)
                    run = 1 + random() % (1U << 30);
                if (empty > 0)
                    counts[empty - 1] = 0;
                constexpr std::uint32_t untouched = 0xdeadbeef;
                std::vector<std::uint32_t> copy(count + 1, untouched);
                QCOMPARE(core::copyRuns(counts, copy.data()), empty > 0);
                counts.push_back(untouched);
                QCOMPARE(copy, counts);
            }
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
