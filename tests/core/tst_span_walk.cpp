// SPDX-License-Identifier: Apache-2.0
#include "core/mask/span_walk.h"

#include <QtTest>

#include <algorithm>
#include <random>

namespace
{

constexpr std::uint32_t untouched = 0xdeadbeef;

/// In order, some of them empty, some that meet; `step` is the longest span and gap.
std::vector<core::PixelSpan> randomSpans(std::size_t count, unsigned step, std::mt19937 &random)
{
    std::vector<core::PixelSpan> spans;
    std::uint32_t place = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t begin = place + random() % (step + 1);
        place = begin + random() % (step + 1);
        spans.push_back({begin, place});
    }
    return spans;
}

} // namespace

// Several steps are taken and several spans left out at a time: lists of every length, of which one
// ends early, or both together.
class TestSpanWalk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void overlapsOfEveryNumberOfSpans()
    {
        std::mt19937 random(20);
        for (std::size_t round = 0; round < 600; ++round) {
            const unsigned steps[] = {3, 40, 1'000};
            const auto a = randomSpans(round, steps[round % 3], random);
            const auto b = randomSpans(random() % 300, steps[random() % 3], random);
            const core::SpanWalk way(a, b);
            std::vector<std::uint32_t> expected;
            std::uint32_t pixels = 0;
            for (const core::PixelSpan &spanA : a) {
                for (const core::PixelSpan &spanB : b) {
                    const auto begin = std::max(spanA.begin, spanB.begin);
                    const auto end = std::min(spanA.end, spanB.end);
                    if (begin >= end)
                        continue;
                    expected.insert(expected.end(), {begin, end});
                    pixels += end - begin;
                }
            }
            std::vector<std::uint32_t> places(2 * way.allSteps() + 1, untouched);
            std::uint32_t *const end = core::writeOverlaps(a, b, way, places.data());
            QCOMPARE(places.back(), untouched);
            QCOMPARE(std::vector<std::uint32_t>(places.data(), end), expected);
            QCOMPARE(core::countOverlap(a, b, way), pixels);
        }
    }

    /// What the way leaves behind ends before all that is left of the other list.
    void theWayEndsWithAList()
    {
        std::mt19937 random(21);
        for (std::size_t count = 0; count < 200; ++count) {
            const auto a = randomSpans(count, 9, random), b = randomSpans(150, 9, random);
            const core::SpanWalk way(a, b);
            QVERIFY(way.endA == a.size() || way.endB == b.size());
            if (way.endA < a.size())
                QVERIFY(b.empty() || a[way.endA].end >= b.back().end);
            if (way.endB < b.size())
                QVERIFY(a.empty() || b[way.endB].end >= a.back().end);
            QCOMPARE(way.allSteps(), way.steps * core::SpanWalk::parts + way.more);
        }
    }
};

QTEST_GUILESS_MAIN(TestSpanWalk)
#include "tst_span_walk.moc"
