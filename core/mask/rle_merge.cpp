// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_merge.h"

#include "core/error.h"
#include "core/mask/rle_spans.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>
#include <string>

namespace core
{
namespace
{

/// A mask's spans, a portion at a time.
class SpanReader
{
public:
    SpanReader(const Rle &rle, bool on) : m_cursor(rle, on) {}

    bool isDone() const { return ready.empty() && m_cursor.isDone(); }
    PixelSpan front() const { return ready.empty() ? m_cursor.front() : ready[0]; }

    /// Reads on, so that at least one is ready unless isDone(): twice as many each time, as long as
    /// no run is skipped.
    void read()
    {
        if (ready.size() > m_portion / 2)
            return;
        PixelSpan *const end = std::copy(ready.begin(), ready.end(), m_spans.begin());
        const std::size_t room = m_portion - ready.size();
        ready = {m_spans.data(), m_cursor.read(end, std::min(room, m_cursor.left()))};
        m_portion = std::min(2 * m_portion, most);
    }

    /// For when nothing is ready: where the next span begins, and SpanCursor::skip().
    std::uint32_t place() const { return m_cursor.place(); }
    std::span<const std::uint32_t> skip(std::uint32_t limit)
    {
        const auto runs = m_cursor.skip(limit);
        if (!runs.empty())
            m_portion = fewest;
        return runs;
    }

    /// What has been read; the user drops it from the front.
    std::span<const PixelSpan> ready;

    bool hasMetEmptyRuns() const { return m_cursor.hasMetEmptyRuns(); }

    static constexpr std::size_t fewest = 64, most = 512; ///< that are read at a time

private:
    SpanCursor m_cursor;
    std::size_t m_portion = fewest;
    std::array<PixelSpan, most> m_spans;
};

/// Writes runs. The spans it is given are of pixels that are on, or of those that are off.
class RunWriter
{
public:
    RunWriter(std::uint32_t *counts, bool on) : m_counts(counts), m_next(counts), m_on(on) {}

    /// A begin, its end, the next begin and so on.
    void add(std::span<const std::uint32_t> places)
    {
        if (places.empty())
            return;
        begin(places[0]);
        for (std::size_t i = 1; i < places.size(); ++i)
            m_next[i - 1] = places[i] - places[i - 1];
        m_next += places.size() - 1;
        m_last = places.back();
    }

    /// The spans of another mask from `place` on, as SpanCursor::skip() returns them, behind which
    /// the next one begins at `next`.
    void copy(std::uint32_t place, std::span<const std::uint32_t> runs, std::uint32_t next)
    {
        begin(place);
        m_next = std::copy(runs.begin(), runs.end() - 1, m_next);
        m_last = next - runs.back();
    }

    Rle finish(Size size)
    {
        const auto area = static_cast<std::uint32_t>(size.area());
        if (m_last != area)
            begin(area);
        return {size, {m_counts, m_next}};
    }

private:
    void begin(std::uint32_t place)
    {
        if (m_next == m_counts && !m_on) {
            if (place == 0)
                return; // the first run is off anyway
            *m_next++ = 0;
        }
        *m_next++ = place - m_last;
        m_last = place;
    }

    std::uint32_t *m_counts, *m_next;
    std::uint32_t m_last = 0; ///< where the run that is being made began
    bool m_on;
};

/// Goes past what of `spans` lies before `other` (which is in no span of the other mask) and takes
/// over what lies in it.
void takeWhole(SpanReader &spans, const PixelSpan &other, RunWriter &writer)
{
    if (!spans.ready.empty())
        return;
    spans.skip(other.begin);
    const std::uint32_t place = spans.place();
    if (place < other.begin)
        return;
    if (const auto runs = spans.skip(other.end); !runs.empty())
        writer.copy(place, runs, spans.place());
}

/// Memory for numbers that are written before they are read; small masks need none of the heap's.
class Scratch
{
public:
    explicit Scratch(std::size_t size)
    {
        if (size > m_nearby.size())
            m_far = std::make_unique_for_overwrite<std::uint32_t[]>(size);
    }
    std::uint32_t *data() { return m_far ? m_far.get() : m_nearby.data(); }

private:
    std::array<std::uint32_t, 1024> m_nearby;
    std::unique_ptr<std::uint32_t[]> m_far;
};

/// The pixels on (or off) in `a` and on (or off)
/// in `b` are those on (or off) in the result, which by De Morgan's rules covers all operations but
/// SymmetricDifference. Where one mask does not change for long, the other's runs are taken over
/// or left out by the dozen; elsewhere no branch depends on which one changes next, which cannot
/// be foreseen.
Rle overlap(const Rle &a, bool onInA, const Rle &b, bool onInB, bool onInResult)
{
    Scratch counts(a.counts.size() + b.counts.size() + 4);
    RunWriter writer(counts.data(), onInResult);
    SpanReader readerA(a, onInA), readerB(b, onInB);
    // Where the result changes. Each step writes two places, whether they count or not.
    std::array<std::uint32_t, 4 * SpanReader::most + 4> places, morePlaces;
    while (!readerA.isDone() && !readerB.isDone()) {
        takeWhole(readerA, readerB.front(), writer);
        if (readerA.isDone())
            break;
        takeWhole(readerB, readerA.front(), writer);
        if (readerB.isDone())
            break;
        readerA.read();
        readerB.read();
        // The one that ends first is halved, so that there is something to do in both halves.
        const bool endsA = readerA.ready.back().end < readerB.ready.back().end;
        SpanReader &shorter = endsA ? readerA : readerB, &longer = endsA ? readerB : readerA;
        std::uint32_t *first = places.data(), *second = morePlaces.data();
        const auto write = [](std::uint32_t *&place, std::uint32_t begin, std::uint32_t end) {
            place[0] = begin;
            place[1] = end;
            place += end > begin ? 2 : 0;
        };
        const SpanWalk rest = walk(
            SpanWalks(shorter.ready, longer.ready),
            [&](std::uint32_t begin, std::uint32_t end) { write(first, begin, end); },
            [&](std::uint32_t begin, std::uint32_t end) { write(second, begin, end); });
        writer.add({places.data(), first});
        writer.add({morePlaces.data(), second});
        shorter.ready = rest.a;
        longer.ready = rest.b;
    }
    if (readerA.hasMetEmptyRuns() || readerB.hasMetEmptyRuns())
        return overlap(withoutEmptyRuns(a), onInA, withoutEmptyRuns(b), onInB, onInResult);
    return writer.finish(a.size);
}

bool hasEmptyRuns(const Rle &rle)
{
    return hasEmptyRun(std::span(rle.counts).subspan(std::min<std::size_t>(1, rle.counts.size())));
}

/// Whether a pixel is on that is `a` in one mask and `b` in the other.
constexpr bool isOn(bool a, bool b, SetOperation operation)
{
    switch (operation) {
    case SetOperation::Union:
        return a || b;
    case SetOperation::Intersection:
        return a && b;
    case SetOperation::Difference:
        return a && !b;
    default:
        return a != b;
    }
}

/// Any operation, from change to change: for SymmetricDifference and for masks so small that
/// overlap() would not be done with its preparations before this is.
template <SetOperation operation>
Rle stepwise(const Rle &a, const Rle &b)
{
    if (hasEmptyRuns(a) || hasEmptyRuns(b))
        return stepwise<operation>(withoutEmptyRuns(a), withoutEmptyRuns(b));
    Scratch counts(a.counts.size() + b.counts.size() + 1);
    std::uint32_t *count = counts.data();
    std::uint32_t last = 0;
    bool wasOn = false;
    std::size_t i = 0, j = 0;
    for (std::uint32_t endA = a.counts[0], endB = b.counts[0];;) {
        const std::uint32_t end = std::min(endA, endB);
        const bool endsA = endA == end, endsB = endB == end;
        i += endsA;
        j += endsB;
        if (i == a.counts.size() || j == b.counts.size())
            break; // both are at their end
        const bool on = isOn(i % 2 == 1, j % 2 == 1, operation);
        *count = end - last; // written whether it counts or not: no branch depends on it
        count += on != wasOn;
        last = on != wasOn ? end : last;
        wasOn = on;
        endA += endsA ? a.counts[i] : 0;
        endB += endsB ? b.counts[j] : 0;
    }
    *count++ = static_cast<std::uint32_t>(a.size.area()) - last;
    return {a.size, {counts.data(), count}};
}

/// Whether all pixels have that value. False for some ways to write it with empty runs.
bool isUniform(const Rle &rle, bool value)
{
    return value ? rle.counts.size() == 2 && rle.counts[0] == 0 : rle.counts.size() == 1;
}

} // namespace

void requireSameSize(Size a, Size b)
{
    if (a == b)
        return;
    throw Error(ErrorKind::BadDataset,
                "A mask of " + std::to_string(a.width) + " x " + std::to_string(a.height) +
                    " pixels cannot be compared with one of " + std::to_string(b.width) + " x " +
                    std::to_string(b.height) + ".");
}

Rle combine(const Rle &a, const Rle &b, SetOperation operation)
{
    requireSameSize(a.size, b.size);
    if (a.counts.empty() || b.counts.empty())
        return {a.size, {0}};
    constexpr std::size_t few = 64;
    const bool areFew = a.counts.size() + b.counts.size() <= few;
    switch (operation) {
    case SetOperation::Union:
        return areFew ? stepwise<SetOperation::Union>(a, b) : overlap(a, false, b, false, false);
    case SetOperation::Intersection:
        return areFew ? stepwise<SetOperation::Intersection>(a, b)
                      : overlap(a, true, b, true, true);
    case SetOperation::Difference:
        return areFew ? stepwise<SetOperation::Difference>(a, b) : overlap(a, true, b, false, true);
    default:
        return stepwise<SetOperation::SymmetricDifference>(a, b);
    }
}

Rle merge(std::span<const Rle> masks, SetOperation operation)
{
    assert(!masks.empty());
    if (masks.size() == 1)
        return masks.front();
    if (masks.size() == 2)
        return combine(masks[0], masks[1], operation);
    if (operation == SetOperation::Difference)
        return combine(masks[0], merge(masks.subspan(1), SetOperation::Union), operation);
    for (const Rle &mask : masks)
        requireSameSize(masks[0].size, mask.size);
    const bool neutral = operation == SetOperation::Intersection;
    const auto isFinal = [&](const Rle &mask) {
        return operation != SetOperation::SymmetricDifference && isUniform(mask, !neutral);
    };
    // A result that has grown waits for others of its kind, so that not every mask is led past all
    // that came before it. To be led past more runs costs little where they are taken over whole.
    constexpr std::size_t muchMore = 8;
    std::vector<Rle> results;
    const auto joins = [&](const Rle &next) {
        return !results.empty() &&
               results.back().counts.size() <= muchMore * next.counts.size() + 64;
    };
    const auto add = [&](const Rle &mask) {
        if (!joins(mask)) {
            results.push_back(mask);
            return;
        }
        Rle result = combine(results.back(), mask, operation);
        for (results.pop_back(); joins(result); results.pop_back())
            result = combine(results.back(), result, operation);
        results.push_back(std::move(result));
    };
    for (const Rle &mask : masks) {
        if (isUniform(mask, neutral))
            continue;
        add(mask);
        if (isFinal(results.back()))
            return std::move(results.back());
    }
    if (results.empty())
        return masks.front();                              // as all of them are
    Rle all = withoutEmptyRuns(std::move(results.back())); // which may be one of the masks
    for (results.pop_back(); !results.empty(); results.pop_back())
        all = combine(results.back(), all, operation);
    return all;
}

Rle withoutEmptyRuns(Rle rle)
{
    if (rle.counts.empty() || !hasEmptyRuns(rle))
        return rle;
    Rle result{rle.size, {rle.counts[0]}};
    for (std::size_t i = 1; i < rle.counts.size(); ++i) {
        if (rle.counts[i] == 0)
            continue;
        if (i % 2 == result.counts.size() % 2)
            result.counts.push_back(0);
        result.counts.back() += rle.counts[i];
    }
    return result;
}

} // namespace core
