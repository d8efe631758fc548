// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/rle.h"
#include "core/mask/run_sums.h"

#include <algorithm>
#include <array>
#include <span>
#include <type_traits>
#include <vector>

namespace core
{

/// Goes along two lists of spans at once, from the `a`-th and `b`-th on. Calls visit(begin, end)
/// for what may lie in both; where `end` is not behind `begin`, nothing does.
template <typename Visit>
void step(const PixelSpan *listA, std::size_t &a, const PixelSpan *listB, std::size_t &b,
          const Visit &visit)
{
    const PixelSpan spanA = listA[a], spanB = listB[b];
    visit(std::max(spanA.begin, spanB.begin), std::min(spanA.end, spanB.end));
    // Which of them ends first is as good as chance: no branch depends on it. One list goes on,
    // never both, so that the number of steps tells how far they came.
    a += spanB.end < spanA.end ? 0 : 1;
    b += spanB.end < spanA.end ? 1 : 0;
}

/// A way along two lists, step by step, until one of them ends: in two parts of equally many steps,
/// the second one with a few more. Where it is short, the second part is all of it.
struct SpanWalk {
    SpanWalk(std::span<const PixelSpan> a, std::span<const PixelSpan> b);

    std::array<std::size_t, 2> beginA = {}, beginB = {}; ///< where each part begins
    std::size_t steps = 0;                               ///< of each part
    std::size_t more = 0;                                ///< of the second one
    std::size_t endA = 0, endB = 0;
};

/// A step has to wait for the one before; two parts, which do not wait for each other, take little
/// longer than one. (More of them have no room in the registers.) Calls visit(part, begin, end), in
/// order for each part.
template <typename Visit>
void walk(std::span<const PixelSpan> a, std::span<const PixelSpan> b, const SpanWalk &way,
          const Visit &visit)
{
    std::array<std::size_t, 2> atA = way.beginA, atB = way.beginB;
    const auto stepPart = [&](auto part) {
        step(a.data(), atA[part], b.data(), atB[part],
             [&](std::uint32_t begin, std::uint32_t end) { visit(part, begin, end); });
    };
    constexpr std::integral_constant<std::size_t, 0> first;
    constexpr std::integral_constant<std::size_t, 1> second;
    for (std::size_t i = 0; i < way.steps; ++i) {
        stepPart(first);
        stepPart(second);
    }
    for (std::size_t i = 0; i < way.more; ++i)
        stepPart(second);
}

/// The highest bit is on for 0 alone, whatever the others are; for `run` below 2^31. Taking 1 away
/// switches it on.
constexpr std::uint32_t highestBitIfZero(std::uint32_t run)
{
    return (run - 1) & ~run;
}

bool hasEmptyRun(std::span<const std::uint32_t> runs);

/// Reads a mask's spans of pixels that are on, or of those that are off. Empty runs but the first
/// become empty spans, or part spans that meet.
class SpanCursor
{
public:
    SpanCursor(const Rle &rle, bool on);

    bool isDone() const { return m_next == m_end; }
    std::size_t left() const { return static_cast<std::size_t>(m_end - m_next + 1) / 2; }

    /// The next span's begin, and the span itself, unless isDone().
    std::uint32_t place() const { return m_place; }
    PixelSpan front() const { return {m_place, m_place + *m_next}; }

    /// Writes the next spans, as many as left() at most. Returns the place behind the last one.
    PixelSpan *read(PixelSpan *spans, std::size_t count);

    /// Goes past spans that end before `limit` or there, several at a time, as long as there are
    /// several. Returns their runs: each span and what follows it.
    std::span<const std::uint32_t> skip(std::uint32_t limit);

private:
    const std::uint32_t *m_next, *m_end;
    std::uint32_t m_place;
};

/// The spans from the first on that reaches behind pixel number `place`.
std::span<const PixelSpan> behind(std::span<const PixelSpan> spans, std::uint64_t place);

/// A mask made ready for being compared with many others: what is the same for all of them is
/// found once.
struct RleSpans {
    explicit RleSpans(const Rle &rle);

    Size size;
    PixelRect box;
    std::int64_t area;
    std::vector<PixelSpan> spans; ///< of pixels that are on, in order
};

/// Whether no pixel lies in both. Here, because most pairs of many masks are done with this.
inline bool disjoint(const PixelRect &a, const PixelRect &b)
{
    return a.isEmpty() || b.isEmpty() || a.x >= b.x + b.width || b.x >= a.x + a.width ||
           a.y >= b.y + b.height || b.y >= a.y + a.height;
}

/// How many pixels are on in both. Throws Error(BadDataset) when the sizes differ. The work is in
/// the number of spans in the columns that both have.
std::int64_t intersection(const RleSpans &a, const RleSpans &b);

/// As iou() of the two masks.
double iou(const RleSpans &detection, const RleSpans &truth, bool isCrowd = false);

} // namespace core
