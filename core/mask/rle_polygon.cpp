// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_polygon.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace core
{
namespace
{

constexpr int steps = 5;                  // fine steps in a pixel
constexpr int middle = 2;                 // the step in whose upper end a column's middle lies
constexpr double largestCoordinate = 1e8; // times `steps` still fits an int, as does a difference
constexpr std::size_t mostCrossings = std::size_t{1} << 24;

[[noreturn]] void refuse(const char *why)
{
    throw Error(ErrorKind::BadDataset, std::string("A polygon cannot be filled: ") + why + ".");
}

/// A corner in fine steps.
struct Corner {
    int x;
    int y;
};

int toSteps(double coordinate)
{
    if (!(std::abs(coordinate) <= largestCoordinate)) // so that NaN is refused, too
        refuse("a coordinate is not a number of reasonable size");
    return static_cast<int>(steps * coordinate + 0.5);
}

/// A straight line walked in steps of one along its longer direction. `at(t)` is the other
/// coordinate after t steps, rounded as C rounds: + 0.5, then towards zero.
struct Walk {
    double start;
    double slope;
    int at(int t) const { return static_cast<int>(start + slope * t + 0.5); }
};

/// Collects where the outline crosses the middle of columns, as pixel numbers counted down the
/// columns.
class Crossings
{
public:
    explicit Crossings(Size size) : m_size(size) {}

    void addEdge(Corner a, Corner b)
    {
        const int dx = std::abs(a.x - b.x);
        const int dy = std::abs(a.y - b.y);
        if (dx >= dy)
            addFlatEdge(a.x <= b.x ? a : b, a.x <= b.x ? b : a);
        else
            addSteepEdge(a.y <= b.y ? a : b, a.y <= b.y ? b : a);
    }

    Rle toRle();

private:
    /// First and last column whose middle lies between the two x.
    std::pair<int, int> columns(int x0, int x1) const
    {
        const auto ceilDivide = [](int n, int d) { return n > 0 ? (n + d - 1) / d : 0; };
        const auto floorDivide = [](int n, int d) { return n >= 0 ? n / d : -1; };
        return {ceilDivide(x0 - middle, steps),
                std::min(floorDivide(x1 - 1 - middle, steps), m_size.width - 1)};
    }

    void addFlatEdge(Corner left, Corner right)
    {
        if (left.x == right.x)
            return;
        const Walk walk{static_cast<double>(left.y),
                        static_cast<double>(right.y - left.y) / (right.x - left.x)};
        const auto [first, last] = columns(left.x, right.x);
        for (int column = first; column <= last; ++column) {
            const int t = column * steps + middle - left.x;
            add(column, std::min(walk.at(t), walk.at(t + 1)));
        }
    }

    void addSteepEdge(Corner top, Corner bottom)
    {
        const int length = bottom.y - top.y;
        const Walk walk{static_cast<double>(top.x), static_cast<double>(bottom.x - top.x) / length};
        const bool rises = bottom.x > top.x;
        const auto [first, last] = columns(std::min(top.x, bottom.x), std::max(top.x, bottom.x));
        for (int column = first; column <= last; ++column) {
            // x moves by less than one a step and never back: look for the step in which it passes.
            const int edge = column * steps + middle;
            int before = 0;
            int after = length;
            while (after - before > 1) {
                const int t = before + (after - before) / 2;
                ((walk.at(t) <= edge) == rises ? before : after) = t;
            }
            add(column, top.y + before);
        }
    }

    void add(int column, int y)
    {
        if (m_positions.size() == mostCrossings)
            refuse("its outline goes to and fro over too many columns");
        const double row =
            std::ceil(std::clamp((y + 0.5) / steps - 0.5, 0.0, static_cast<double>(m_size.height)));
        m_positions.push_back(static_cast<std::uint32_t>(column) *
                                  static_cast<std::uint32_t>(m_size.height) +
                              static_cast<std::uint32_t>(row));
    }

    Size m_size;
    std::vector<std::uint32_t> m_positions;
};

Rle Crossings::toRle()
{
    std::sort(m_positions.begin(), m_positions.end());
    const auto area = static_cast<std::uint32_t>(m_size.area());
    std::vector<std::uint32_t> counts;
    std::uint32_t previous = 0;
    for (std::size_t i = 0; i < m_positions.size(); ++i) {
        const std::uint32_t position = m_positions[i];
        if (i + 1 < m_positions.size() && m_positions[i + 1] == position) {
            ++i; // in and out at the same place
            continue;
        }
        if (position == area)
            break;
        counts.push_back(position - previous);
        previous = position;
    }
    counts.push_back(area - previous);
    return {m_size, std::move(counts)};
}

} // namespace

Rle rleFromPolygon(std::span<const double> xy, Size size)
{
    validateMaskSize(size);
    if (xy.size() % 2 != 0)
        refuse("its last point has no y");
    std::vector<Corner> corners;
    corners.reserve(xy.size() / 2);
    for (std::size_t i = 0; i < xy.size(); i += 2)
        corners.push_back({toSteps(xy[i]), toSteps(xy[i + 1])});
    Crossings crossings(size);
    for (std::size_t i = 0; i < corners.size(); ++i)
        crossings.addEdge(corners[i], corners[(i + 1) % corners.size()]);
    return crossings.toRle();
}

Rle rleFromBox(double x, double y, double width, double height, Size size)
{
    const double right = x + width;
    const double bottom = y + height;
    return rleFromPolygon(std::array{x, y, x, bottom, right, bottom, right, y}, size);
}

} // namespace core
