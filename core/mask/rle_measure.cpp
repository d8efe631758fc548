// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_measure.h"

#include "core/mask/rle_spans.h"

#include <algorithm>
#include <bit>

namespace core
{
namespace
{

/// Divides numbers below 2^30, of which a mask's pixels have no more, by the same number again and
/// again: a product and a shift, exact. With 30 + l binary places, where 2^l is at least the
/// divisor, the reciprocal rounded up is too large by so little that no quotient gets there.
class Divider
{
public:
    explicit Divider(std::uint32_t divisor)
        : m_shift(30 + std::bit_width(divisor - 1)),
          m_reciprocal((std::uint64_t{1} << m_shift) / divisor + 1)
    {
    }
    std::uint32_t operator()(std::uint32_t number) const
    {
        return static_cast<std::uint32_t>(number * m_reciprocal >> m_shift);
    }

private:
    int m_shift;
    std::uint64_t m_reciprocal;
};

} // namespace

bool contains(const Rle &rle, int x, int y)
{
    if (x < 0 || y < 0 || x >= rle.size.width || y >= rle.size.height)
        return false;
    auto left = std::int64_t(x) * rle.size.height + y;
    for (std::size_t i = 0; i < rle.counts.size(); ++i) {
        left -= rle.counts[i];
        if (left < 0)
            return i % 2 == 1;
    }
    return false;
}

PixelRect boundingBox(const Rle &rle)
{
    if (rle.counts.size() < 2)
        return {};
    const auto height = static_cast<std::uint32_t>(rle.size.height);
    const Divider column(height);
    std::uint32_t left = 0, right = 0, top = height, bottom = 0; // right, bottom: behind the last
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i + 1 < rle.counts.size(); i += 2) {
        begin += rle.counts[i];
        const std::uint32_t end = begin + rle.counts[i + 1];
        if (end > begin) {
            const std::uint32_t first = column(begin);
            const std::uint32_t last = column(end - 1);
            left = right == 0 ? first : left;
            right = last + 1;
            // Over two columns it reaches the bottom of the one and the top of the next.
            const bool wraps = last > first;
            top = std::min(top, wraps ? 0 : begin - first * height);
            bottom = std::max(bottom, wraps ? height : end - first * height);
        }
        begin = end;
    }
    if (right == 0)
        return {};
    return {static_cast<int>(left), static_cast<int>(top), static_cast<int>(right - left),
            static_cast<int>(bottom - top)};
}

double iou(const Rle &detection, const Rle &truth, bool isCrowd)
{
    return iou(RleSpans(detection), RleSpans(truth), isCrowd);
}

std::vector<std::size_t> suppressOverlaps(std::span<const Rle> masks, double threshold)
{
    std::vector<RleSpans> kept;
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < masks.size(); ++i) {
        RleSpans mask(masks[i]);
        const bool dropped = std::any_of(kept.begin(), kept.end(), [&](const RleSpans &other) {
            return iou(other, mask) > threshold;
        });
        if (!dropped) {
            kept.push_back(std::move(mask));
            indices.push_back(i);
        }
    }
    return indices;
}

} // namespace core
