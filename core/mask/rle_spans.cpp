// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_spans.h"

#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/mask/span_walk.h"

#include <algorithm>

namespace core
{

SpanCursor::SpanCursor(const Rle &rle, bool on)
    : m_next(rle.counts.data()), m_end(m_next + rle.counts.size()), m_place(0)
{
    if (!isDone() && (on || *m_next == 0))
        m_place = *m_next++;
    if (!isDone() && !on && m_place == 0 && m_next != rle.counts.data())
        m_place = *m_next++; // nothing is off before the first pixel
}

PixelSpan *SpanCursor::read(PixelSpan *spans, std::size_t count)
{
    const bool isLast = count == left() && (m_end - m_next) % 2 == 1; // nothing follows the last
    const std::size_t whole = count - isLast;
    m_place = writeSpans({m_next, 2 * whole}, m_place, spans);
    m_next += 2 * whole;
    spans += whole;
    if (isLast) {
        *spans++ = front();
        m_place += *m_next++;
    }
    return spans;
}

std::span<const std::uint32_t> SpanCursor::skip(std::uint32_t limit)
{
    const std::span runs(m_next, skipRuns({m_next, m_end}, limit, m_place));
    m_next += runs.size();
    return runs;
}

std::span<const PixelSpan> behind(std::span<const PixelSpan> spans, std::uint64_t place)
{
    const auto first = std::partition_point(
        spans.begin(), spans.end(), [=](const PixelSpan &span) { return span.end <= place; });
    return spans.subspan(static_cast<std::size_t>(first - spans.begin()));
}

RleSpans::RleSpans(const Rle &rle)
    : size(rle.size), box(boundingBox(rle)), area(core::area(rle)), spans(rle.counts.size() / 2)
{
    SpanCursor(rle, true).read(spans.data(), spans.size());
}

std::int64_t intersection(const RleSpans &a, const RleSpans &b)
{
    requireSameSize(a.size, b.size);
    if (disjoint(a.box, b.box))
        return 0;
    const auto left = static_cast<std::uint64_t>(std::max(a.box.x, b.box.x)) *
                      static_cast<std::uint64_t>(a.size.height);
    const auto spansA = behind(a.spans, left), spansB = behind(b.spans, left);
    return countOverlap(spansA, spansB, {spansA, spansB});
}

double iou(const RleSpans &detection, const RleSpans &truth, bool isCrowd)
{
    const std::int64_t both = intersection(detection, truth);
    if (both == 0)
        return 0;
    const std::int64_t whole = isCrowd ? detection.area : detection.area + truth.area - both;
    return static_cast<double>(both) / static_cast<double>(whole);
}

} // namespace core
