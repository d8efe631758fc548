// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/ranked_points.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace core
{

RankedPoints::RankedPoints(std::vector<Point> points)
    : m_points(std::move(points)), m_lowestRanks(m_points.size())
{
    build({0, m_points.size(), false});
}

/// Returns the lowest rank in the span.
std::uint32_t RankedPoints::build(Span span)
{
    if (span.begin == span.end)
        return UINT32_MAX;
    const auto at = [this](std::size_t i) {
        return m_points.begin() + static_cast<std::ptrdiff_t>(i);
    };
    const auto isBefore = [&span](const Point &a, const Point &b) {
        return span.isByY ? std::tie(a.y, a.number) < std::tie(b.y, b.number)
                          : std::tie(a.x, a.number) < std::tie(b.x, b.number);
    };
    std::nth_element(at(span.begin), at(span.middle()), at(span.end), isBefore);
    const std::uint32_t rank =
        std::min({m_points[span.middle()].rank, build(span.lower()), build(span.upper())});
    m_lowestRanks[span.middle()] = rank;
    return rank;
}

void RankedPoints::search(Span span, const Point &from, Nearest &nearest) const
{
    if (span.begin == span.end || m_lowestRanks[span.middle()] >= from.rank)
        return;
    const Point &point = m_points[span.middle()];
    const double dx = point.x - from.x;
    const double dy = point.y - from.y;
    if (point.rank < from.rank)
        nearest = std::min(nearest, Nearest{dx * dx + dy * dy, point.number});
    const double across = span.isByY ? dy : dx;
    search(across > 0 ? span.lower() : span.upper(), from, nearest);
    if (across * across <= nearest.squaredDistance)
        search(across > 0 ? span.upper() : span.lower(), from, nearest);
}

void RankedPoints::findNearer(double x, double y, std::uint32_t rank, Nearest &nearest) const
{
    search({0, m_points.size(), false}, {x, y, rank, 0}, nearest);
}

} // namespace core
