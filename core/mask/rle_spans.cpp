// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_spans.h"

#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"

namespace core
{
namespace
{

bool disjoint(const PixelRect &a, const PixelRect &b)
{
    return a.isEmpty() || b.isEmpty() || a.x >= b.x + b.width || b.x >= a.x + a.width ||
           a.y >= b.y + b.height || b.y >= a.y + a.height;
}

} // namespace

SpanWalks::SpanWalks(std::span<const PixelSpan> a, std::span<const PixelSpan> b)
{
    constexpr std::size_t few = 32;
    const std::size_t half = a.size() < few ? a.size() : a.size() / 2;
    first = {a.first(half), b};
    second.a = a.subspan(half);
    if (!second.a.empty()) {
        // A span of `b` that lies in both halves is met by other spans of `a` in each.
        second.b = behind(b, second.a[0].begin);
        first.b = b.first(std::min(b.size() - second.b.size() + 1, b.size()));
    }
}

std::span<const PixelSpan> writeSpans(const Rle &rle, bool on, PixelSpan *spans)
{
    const std::uint32_t *count = rle.counts.data();
    const std::uint32_t *const end = count + rle.counts.size();
    PixelSpan *span = spans;
    std::uint32_t place = 0;
    if (count != end && (on || *count == 0))
        place = *count++;
    if (!on && place == 0 && count != rle.counts.data() && count != end)
        place = *count++; // nothing is off before the first pixel
    for (; end - count >= 2; count += 2) {
        const std::uint32_t behindSpan = place + count[0];
        *span++ = {place, behindSpan};
        place = behindSpan + count[1];
    }
    if (count != end)
        *span++ = {place, place + *count};
    return {spans, span};
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
    writeSpans(rle, true, spans.data());
}

std::int64_t intersection(const RleSpans &a, const RleSpans &b)
{
    requireSameSize(a.size, b.size);
    if (disjoint(a.box, b.box))
        return 0;
    const auto left = static_cast<std::uint64_t>(std::max(a.box.x, b.box.x)) *
                      static_cast<std::uint64_t>(a.size.height);
    std::int64_t inFirst = 0, inSecond = 0;
    const auto pixels = [](std::uint32_t begin, std::uint32_t end) {
        return std::max<std::int64_t>(std::int64_t{end} - begin, 0);
    };
    walk(
        {behind(a.spans, left), behind(b.spans, left)},
        [&](std::uint32_t begin, std::uint32_t end) { inFirst += pixels(begin, end); },
        [&](std::uint32_t begin, std::uint32_t end) { inSecond += pixels(begin, end); });
    return inFirst + inSecond;
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
