// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_overlap.h"

#include "core/mask/look_ahead.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_spans.h"
#include "core/mask/run_scratch.h"
#include "core/mask/run_sums.h"
#include "core/mask/span_walk.h"

#include <algorithm>
#include <array>
#include <utility>

namespace core
{
namespace
{

/// A mask's spans, a portion at a time.
class SpanReader
{
public:
    SpanReader(const Rle &rle, bool on)
        : m_cursor(rle, on), m_fewest(std::clamp(m_cursor.left() / 8, few, most)),
          m_portion(m_fewest)
    {
    }

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
            m_portion = m_fewest;
        return runs;
    }

    /// What has been read; the user drops it from the front.
    std::span<const PixelSpan> ready;

    static constexpr std::size_t most = 512; ///< that are read at a time

private:
    SpanCursor m_cursor;
    /// Where one mask has few spans, what is read may soon turn out to be beside the other.
    static constexpr std::size_t few = 128;
    std::size_t m_fewest;
    std::size_t m_portion;
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
        m_anyEmpty |= writeDistances(places, m_next);
        m_next += places.size() - 1;
        m_last = places.back();
    }

    /// The spans of another mask from `place` on, as SpanCursor::skip() returns them, behind which
    /// the next one begins at `next`.
    void copy(std::uint32_t place, std::span<const std::uint32_t> runs, std::uint32_t next)
    {
        begin(place);
        m_anyEmpty |= copyRuns(runs.first(runs.size() - 1), m_next) || runs.back() == 0;
        m_next += runs.size() - 1;
        m_last = next - runs.back();
    }

    Rle finish(Size size)
    {
        const auto area = static_cast<std::uint32_t>(size.area());
        if (m_last != area)
            begin(area);
        Rle rle{size, {m_counts, m_next}};
        // Spans that meet have an empty run between them. The first run may be one.
        return m_anyEmpty ? withoutEmptyRuns(std::move(rle)) : rle;
    }

private:
    void begin(std::uint32_t place)
    {
        if (m_next == m_counts && !m_on) {
            if (place == 0)
                return; // the first run is off anyway
            *m_next++ = 0;
        }
        m_anyEmpty |= place == m_last;
        *m_next++ = place - m_last;
        m_last = place;
    }

    std::uint32_t *m_counts, *m_next;
    std::uint32_t m_last = 0; ///< where the run that is being made began
    bool m_on;
    bool m_anyEmpty = false; ///< there may be an empty run
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

} // namespace

Rle overlap(const Rle &a, bool onInA, const Rle &b, bool onInB, bool onInResult)
{
    lookAtFirst(a.counts);
    lookAtFirst(b.counts);
    Scratch counts(a.counts.size() + b.counts.size() + 4);
    RunWriter writer(counts.data(), onInResult);
    SpanReader readerA(a, onInA), readerB(b, onInB);
    std::array<std::uint32_t, 4 * SpanReader::most> places; // where the result changes, two a step
    while (!readerA.isDone() && !readerB.isDone()) {
        takeWhole(readerA, readerB.front(), writer);
        if (readerA.isDone())
            break;
        takeWhole(readerB, readerA.front(), writer);
        if (readerB.isDone())
            break;
        readerA.read();
        readerB.read();
        const SpanWalk way(readerA.ready, readerB.ready);
        writer.add(
            {places.data(), writeOverlaps(readerA.ready, readerB.ready, way, places.data())});
        readerA.ready = readerA.ready.subspan(way.endA);
        readerB.ready = readerB.ready.subspan(way.endB);
    }
    return writer.finish(a.size);
}

} // namespace core
