// SPDX-License-Identifier: Apache-2.0
#include "export/validation/polygon_shape.h"

namespace exporters
{
namespace
{

constexpr std::size_t mostCorners = 2000;

struct Point {
    double x;
    double y;
};

/// Positive: `c` lies on one side of the line from a to b; negative: on the other.
double side(Point a, Point b, Point c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool areApart(double a, double b)
{
    return (a < 0 && b > 0) || (a > 0 && b < 0);
}

bool cross(Point a, Point b, Point c, Point d)
{
    return areApart(side(a, b, c), side(a, b, d)) && areApart(side(c, d, a), side(c, d, b));
}

} // namespace

bool crossesItself(std::span<const double> xy)
{
    const std::size_t count = xy.size() / 2;
    if (count < 4 || count > mostCorners)
        return false;
    const auto at = [&](std::size_t i) {
        return Point{xy[2 * (i % count)], xy[2 * (i % count) + 1]};
    };
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t k = i + 2; k < count; ++k) {
            if (cross(at(i), at(i + 1), at(k), at(k + 1)))
                return true;
        }
    }
    return false;
}

bool leavesPicture(std::span<const double> xy, core::Size size)
{
    constexpr double slack = 1;
    for (std::size_t i = 0; i + 1 < xy.size(); i += 2) {
        if (xy[i] < -slack || xy[i] > size.width + slack || xy[i + 1] < -slack ||
            xy[i + 1] > size.height + slack)
            return true;
    }
    return false;
}

} // namespace exporters
