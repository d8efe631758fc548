// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/simplify.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace core
{
namespace
{

struct Point {
    double x;
    double y;
};

/// The points of a ring or a line by number; a ring's numbers go on past its end.
class Points
{
public:
    explicit Points(std::span<const double> xy) : m_xy(xy) {}
    std::size_t size() const { return m_xy.size() / 2; }
    Point operator[](std::size_t i) const
    {
        const std::size_t at = i % size() * 2;
        return {m_xy[at], m_xy[at + 1]};
    }

private:
    std::span<const double> m_xy;
};

/// From a point to the nearest one of a straight piece.
double squaredDistance(Point p, Point a, Point b)
{
    const Point edge{b.x - a.x, b.y - a.y};
    const double length = edge.x * edge.x + edge.y * edge.y;
    const double along =
        length > 0 ? std::clamp(((p.x - a.x) * edge.x + (p.y - a.y) * edge.y) / length, 0.0, 1.0)
                   : 0.0;
    const double dx = p.x - (a.x + along * edge.x);
    const double dy = p.y - (a.y + along * edge.y);
    return dx * dx + dy * dy;
}

struct Farthest {
    std::size_t index = 0;
    double squaredDistance = -1;
};

/// Among the points strictly between `first` and `last`.
Farthest farthestBetween(const Points &points, std::size_t first, std::size_t last)
{
    Farthest farthest;
    const Point a = points[first];
    const Point b = points[last];
    for (std::size_t i = first + 1; i < last; ++i) {
        const double d = squaredDistance(points[i], a, b);
        if (d > farthest.squaredDistance)
            farthest = {i, d};
    }
    return farthest;
}

/// Adds those between `first` and `last` that are needed, in no order.
void addNeeded(std::vector<std::size_t> &kept, const Points &points, std::size_t first,
               std::size_t last, double tolerance)
{
    std::vector<std::pair<std::size_t, std::size_t>> pieces{{first, last}};
    while (!pieces.empty()) {
        const auto [from, to] = pieces.back();
        pieces.pop_back();
        const Farthest farthest = farthestBetween(points, from, to);
        if (farthest.squaredDistance <= tolerance * tolerance)
            continue;
        kept.push_back(farthest.index);
        pieces.emplace_back(from, farthest.index);
        pieces.emplace_back(farthest.index, to);
    }
}

std::vector<std::size_t> all(std::size_t count)
{
    std::vector<std::size_t> numbers(count);
    for (std::size_t i = 0; i < count; ++i)
        numbers[i] = i;
    return numbers;
}

} // namespace

std::vector<std::size_t> simplifyLine(std::span<const double> xy, double tolerance)
{
    const Points points(xy);
    if (points.size() < 3)
        return all(points.size());
    std::vector<std::size_t> kept{0, points.size() - 1};
    addNeeded(kept, points, 0, points.size() - 1, tolerance);
    std::sort(kept.begin(), kept.end());
    return kept;
}

std::vector<std::size_t> simplifyRing(std::span<const double> xy, double tolerance)
{
    const Points points(xy);
    const std::size_t count = points.size();
    if (count <= 4)
        return all(count);
    // The leftmost point is surely a corner, and so is the one farthest from it.
    std::size_t start = 0;
    for (std::size_t i = 1; i < count; ++i) {
        if (std::pair(points[i].x, points[i].y) < std::pair(points[start].x, points[start].y))
            start = i;
    }
    std::size_t opposite = start;
    double largest = -1;
    for (std::size_t i = start; i < start + count; ++i) {
        const double distance =
            std::hypot(points[i].x - points[start].x, points[i].y - points[start].y);
        if (distance > largest) {
            largest = distance;
            opposite = i;
        }
    }
    std::vector<std::size_t> kept{start, opposite};
    addNeeded(kept, points, start, opposite, tolerance);
    addNeeded(kept, points, opposite, start + count, tolerance);
    if (kept.size() == 2) {
        // Two points enclose nothing: a third one, and what the detour over it makes needed.
        const Farthest one = farthestBetween(points, start, opposite);
        const Farthest other = farthestBetween(points, opposite, start + count);
        const bool isFirstHalf = one.squaredDistance > other.squaredDistance;
        const Farthest &third = isFirstHalf ? one : other;
        if (third.squaredDistance > 0) {
            kept.push_back(third.index);
            addNeeded(kept, points, isFirstHalf ? start : opposite, third.index, tolerance);
            addNeeded(kept, points, third.index, isFirstHalf ? opposite : start + count, tolerance);
        }
    }
    for (std::size_t &index : kept)
        index %= count;
    std::sort(kept.begin(), kept.end());
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    return kept;
}

} // namespace core
