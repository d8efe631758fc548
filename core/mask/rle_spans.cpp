// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_spans.h"

#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"

#include <algorithm>
#include <span>

namespace core
{
namespace
{

bool disjoint(const PixelRect &a, const PixelRect &b)
{
    return a.isEmpty() || b.isEmpty() || a.x >= b.x + b.width || b.x >= a.x + a.width ||
           a.y >= b.y + b.height || b.y >= a.y + a.height;
}

/// From the first span on that reaches behind pixel number `place`.
std::span<const PixelSpan> behind(std::span<const PixelSpan> spans, std::uint64_t place)
{
    const auto first = std::partition_point(
        spans.begin(), spans.end(), [=](const PixelSpan &span) { return span.end <= place; });
    return spans.subspan(static_cast<std::size_t>(first - spans.begin()));
}

} // namespace

RleSpans::RleSpans(const Rle &rle) : size(rle.size), box(boundingBox(rle)), area(core::area(rle))
{
    spans.resize(rle.counts.size() / 2);
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        begin += rle.counts[2 * i];
        const std::uint32_t end = begin + rle.counts[2 * i + 1];
        spans[i] = {begin, end};
        begin = end;
    }
}

std::int64_t intersection(const RleSpans &a, const RleSpans &b)
{
    requireSameSize(a.size, b.size);
    if (disjoint(a.box, b.box))
        return 0;
    const auto left = static_cast<std::uint64_t>(std::max(a.box.x, b.box.x)) *
                      static_cast<std::uint64_t>(a.size.height);
    const std::span<const PixelSpan> spansA = behind(a.spans, left);
    const std::span<const PixelSpan> spansB = behind(b.spans, left);
    const PixelSpan *spanA = spansA.data(), *const endA = spanA + spansA.size();
    const PixelSpan *spanB = spansB.data(), *const endB = spanB + spansB.size();
    std::int64_t both = 0;
    while (spanA != endA && spanB != endB) {
        const std::uint32_t begin = std::max(spanA->begin, spanB->begin);
        const std::uint32_t end = std::min(spanA->end, spanB->end);
        both += std::max<std::int64_t>(std::int64_t{end} - begin, 0);
        // Which of them ends first is as good as chance: no branch depends on it.
        const bool endsA = spanA->end == end;
        const bool endsB = spanB->end == end;
        spanA += endsA;
        spanB += endsB;
    }
    return both;
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
