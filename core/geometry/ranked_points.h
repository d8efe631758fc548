// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace core
{

/// Points in a k-d tree, each with a rank, of which the nearest one with a rank below a given one
/// is asked for: so one tree serves while ring after ring is joined to those before it.
class RankedPoints
{
public:
    struct Point {
        double x;
        double y;
        std::uint32_t rank;
        std::uint32_t number; ///< the caller's; of two points equally near the lower one is taken
    };
    struct Nearest {
        double squaredDistance;
        std::uint32_t number;
        bool operator<(const Nearest &other) const
        {
            return squaredDistance < other.squaredDistance ||
                   (squaredDistance == other.squaredDistance && number < other.number);
        }
    };

    explicit RankedPoints(std::vector<Point> points);

    /// Puts into `nearest` what is nearer than it to (x, y) and of a rank below `rank`, if there is
    /// such a point.
    void findNearer(double x, double y, std::uint32_t rank, Nearest &nearest) const;

private:
    struct Span {
        std::size_t begin;
        std::size_t end;
        bool isByY; ///< what it is split by
        std::size_t middle() const { return begin + (end - begin) / 2; }
        Span lower() const { return {begin, middle(), !isByY}; }
        Span upper() const { return {middle() + 1, end, !isByY}; }
    };
    std::uint32_t build(Span span);
    void search(Span span, const Point &from, Nearest &nearest) const;

    std::vector<Point> m_points;              ///< the middle of each span splits it
    std::vector<std::uint32_t> m_lowestRanks; ///< in the span of which this is the middle
};

} // namespace core
