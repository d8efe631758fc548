// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/rle.h"
#include "core/mask/run_sums.h"

#include <span>
#include <vector>

namespace core
{

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
