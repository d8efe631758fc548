// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/min_area_rect.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>
#include <tuple>

namespace core
{
namespace
{

struct Point {
    double x;
    double y;
    bool operator==(const Point &) const = default;
    Point operator-(Point other) const { return {x - other.x, y - other.y}; }
};

double dot(Point a, Point b)
{
    return a.x * b.x + a.y * b.y;
}

/// Above 0: from a to b it goes round clockwise, y pointing down.
double cross(Point a, Point b)
{
    return a.x * b.y - a.y * b.x;
}

/// Andrew's chains: over the top to the right and back below.
std::vector<Point> hullOf(std::span<const double> xy)
{
    std::vector<Point> points;
    for (std::size_t i = 0; i + 1 < xy.size(); i += 2)
        points.push_back({xy[i], xy[i + 1]});
    std::sort(points.begin(), points.end(),
              [](Point a, Point b) { return std::tie(a.x, a.y) < std::tie(b.x, b.y); });
    points.erase(std::unique(points.begin(), points.end()), points.end());
    if (points.size() < 3)
        return points;
    std::vector<Point> hull;
    const auto add = [&hull](Point point, std::size_t fixed) {
        while (hull.size() > fixed &&
               cross(hull.back() - hull[hull.size() - 2], point - hull.back()) <= 0)
            hull.pop_back();
        hull.push_back(point);
    };
    for (const Point point : points)
        add(point, 1);
    const std::size_t top = hull.size();
    for (std::size_t i = points.size() - 1; i-- > 0;)
        add(points[i], top);
    hull.pop_back(); // the first one again
    return hull;
}

/// A rectangle with a side along `direction`, of length 1: how far it reaches along it and across.
struct Turned {
    Point direction;
    double from, to;
    double nearSide, farSide;
    double area() const { return (to - from) * (farSide - nearSide); }
    Point corner(double along, double across) const
    {
        return {direction.x * along - direction.y * across,
                direction.y * along + direction.x * across};
    }
};

std::array<double, 8> cornersOf(const Turned &rect)
{
    // Going on along the direction and then turning right is clockwise.
    const std::array<Point, 4> corners{
        rect.corner(rect.from, rect.nearSide), rect.corner(rect.to, rect.nearSide),
        rect.corner(rect.to, rect.farSide), rect.corner(rect.from, rect.farSide)};
    std::size_t first = 0;
    for (std::size_t i = 1; i < 4; ++i) {
        const double less = corners[i].x + corners[i].y - corners[first].x - corners[first].y;
        // Of a square on its tip two are equally near: then the upper one, whatever was rounded.
        if (less < -1e-9 || (less < 1e-9 && corners[i].y < corners[first].y))
            first = i;
    }
    std::array<double, 8> xy;
    for (std::size_t i = 0; i < 4; ++i) {
        xy[2 * i] = corners[(first + i) % 4].x;
        xy[2 * i + 1] = corners[(first + i) % 4].y;
    }
    return xy;
}

} // namespace

std::vector<double> convexHull(std::span<const double> xy)
{
    std::vector<double> flat;
    for (const Point point : hullOf(xy))
        flat.insert(flat.end(), {point.x, point.y});
    return flat;
}

std::array<double, 8> minAreaRect(std::span<const double> xy)
{
    const std::vector<Point> hull = hullOf(xy);
    assert(!hull.empty());
    const std::size_t count = hull.size();
    if (count == 1)
        return cornersOf({{1, 0}, hull[0].x, hull[0].x, hull[0].y, hull[0].y});

    Turned best{};
    double bestArea = std::numeric_limits<double>::infinity();
    // The corners that reach farthest along the side, across it, and against it. As the side goes
    // round the hull, so do they, never back.
    std::size_t front = 0, opposite = 0, rear = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Point side = hull[(i + 1) % count] - hull[i];
        const double length = std::hypot(side.x, side.y);
        const Point along{side.x / length, side.y / length};
        const Point across{-along.y, along.x};
        const Point against{-along.x, -along.y};
        const auto advance = [&hull, count](std::size_t &at, std::size_t atLeast, Point direction) {
            at = std::max(at, atLeast);
            while (dot(hull[(at + 1) % count], direction) > dot(hull[at % count], direction))
                ++at;
        };
        advance(front, i + 1, along);
        advance(opposite, front, across);
        advance(rear, opposite, against);
        const Turned rect{along, dot(hull[rear % count], along), dot(hull[front % count], along),
                          dot(hull[i], across), dot(hull[opposite % count], across)};
        if (rect.area() < bestArea) {
            bestArea = rect.area();
            best = rect;
        }
    }
    return cornersOf(best);
}

} // namespace core
