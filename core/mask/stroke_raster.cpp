// SPDX-License-Identifier: Apache-2.0
#include "core/mask/stroke_raster.h"

#include "core/mask/place.h"
#include "core/mask/rle_builder.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace core
{
namespace
{

// Two samplings of one way differ in the last bits of what is computed from them. Decisions are
// taken this far beside the whole and half numbers that hands and grids like to hit.
constexpr double tolerance = 1e-7;

/// Beyond it nothing can be painted, and sums stay exact enough.
constexpr double farthest = 1e7;

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Interval {
    double low = infinity;
    double high = -infinity;
    bool isEmpty() const { return low > high; }
    void unite(Interval other)
    {
        if (other.isEmpty())
            return;
        low = std::min(low, other.low);
        high = std::max(high, other.high);
    }
};

Interval intersection(Interval a, Interval b)
{
    const Interval both{std::max(a.low, b.low), std::min(a.high, b.high)};
    return both.isEmpty() ? Interval{} : both;
}

/// The x for which low <= offset + slope * x <= high.
Interval between(double low, double high, double offset, double slope)
{
    if (std::abs(slope) < 1e-12)
        return low <= offset && offset <= high ? Interval{-infinity, infinity} : Interval{};
    const double a = (low - offset) / slope, b = (high - offset) / slope;
    return {std::min(a, b), std::max(a, b)};
}

/// Where a disc cuts a column.
Interval ofDisc(ImagePoint centre, double column, double radius)
{
    const double dx = column - centre.x;
    const double squared = radius * radius - dx * dx;
    if (squared < 0)
        return {};
    const double half = std::sqrt(squared);
    return {centre.y - half, centre.y + half};
}

} // namespace

StrokeRaster::StrokeRaster(Size picture, double radius)
    : m_picture(picture), m_radius(radius),
      m_columns(static_cast<std::size_t>(std::max(0, picture.width)))
{
}

PixelRect StrokeRaster::extendTo(ImagePoint position)
{
    const ImagePoint to{std::clamp(position.x, -farthest, farthest),
                        std::clamp(position.y, -farthest, farthest)};
    const ImagePoint from = m_end.value_or(to);
    const double reach = std::max(m_radius, 1.0) + 1;
    const auto inPicture = [](double value, int limit) {
        return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(limit)));
    };
    const int left = inPicture(std::floor(std::min(from.x, to.x) - reach), m_picture.width);
    const int top = inPicture(std::floor(std::min(from.y, to.y) - reach), m_picture.height);
    const int right = inPicture(std::ceil(std::max(from.x, to.x) + reach), m_picture.width);
    const int bottom = inPicture(std::ceil(std::max(from.y, to.y) + reach), m_picture.height);
    const PixelRect touched = clipped({left, top, right - left, bottom - top}, m_picture);
    if (!m_end)
        addPixel(to.x, to.y);
    addLine(from, to);
    if (m_radius > 0.5)
        addCapsule(from, to, touched);
    m_end = to;
    m_steps.push_back(touched);
    return touched;
}

Rle StrokeRaster::toRle() const
{
    RleBuilder rle(m_picture);
    for (int x = 0; x < m_picture.width; ++x) {
        const std::uint64_t first =
            static_cast<std::uint64_t>(x) * static_cast<std::uint64_t>(m_picture.height);
        for (const Stretch &stretch : column(x))
            rle.add(first + static_cast<std::uint64_t>(stretch.top),
                    first + static_cast<std::uint64_t>(stretch.bottom));
    }
    return rle.finish();
}

/// The line one pixel wide. It lies within half a pixel of the way, hence inside every wider
/// stroke, but that at its end it reaches the next pixel's centre.
void StrokeRaster::addLine(ImagePoint from, ImagePoint to)
{
    const double dx = to.x - from.x, dy = to.y - from.y;
    // The tolerance makes diagonals flat however they were cut.
    const bool flat = std::abs(dy) <= std::abs(dx) * (1 + 1e-6);
    const double begin = flat ? from.x : from.y, end = flat ? to.x : to.y;
    const double limit = flat ? m_picture.width : m_picture.height;
    const double first = std::ceil(std::max(std::min(begin, end) - tolerance, 0.0));
    const double last = std::floor(std::min(std::max(begin, end) + tolerance, limit - 1));
    for (double step = first; step <= last; ++step) {
        const double t = end == begin ? 0 : std::clamp((step - begin) / (end - begin), 0.0, 1.0);
        flat ? addPixel(step, from.y + t * dy) : addPixel(from.x + t * dx, step);
    }
}

/// All centres within the radius of the segment: two discs and the rectangle between them, of which
/// every column cuts one interval.
void StrokeRaster::addCapsule(ImagePoint from, ImagePoint to, const PixelRect &columns)
{
    const double reach = m_radius + tolerance;
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    const double ux = length > 0 ? (to.x - from.x) / length : 1;
    const double uy = length > 0 ? (to.y - from.y) / length : 0;
    for (int x = columns.x; x < columns.x + columns.width; ++x) {
        const double dx = x - from.x;
        // Along and across the segment, measured from its begin at from.y.
        Interval beside =
            intersection(between(0, length, ux * dx, uy), between(-reach, reach, -uy * dx, ux));
        if (!beside.isEmpty())
            beside = {beside.low + from.y, beside.high + from.y};
        beside.unite(ofDisc(from, x, reach));
        beside.unite(ofDisc(to, x, reach));
        if (!beside.isEmpty())
            addStretch(x, beside.low, beside.high);
    }
}

void StrokeRaster::addPixel(double x, double y)
{
    const double column = std::floor(x + 0.5 + tolerance), row = std::floor(y + 0.5 + tolerance);
    if (column >= 0 && column < m_picture.width)
        addStretch(static_cast<int>(column), row, row);
}

/// The rows from `top` to `bottom`, joined with what is there.
void StrokeRaster::addStretch(int x, double top, double bottom)
{
    Stretch added{static_cast<int>(std::ceil(std::max(top, 0.0))),
                  static_cast<int>(std::floor(std::min(bottom, m_picture.height - 1.0))) + 1};
    if (added.top >= added.bottom)
        return;
    std::vector<Stretch> &column = m_columns[static_cast<std::size_t>(x)];
    const auto first = std::partition_point(column.begin(), column.end(),
                                            [&](const Stretch &s) { return s.bottom < added.top; });
    auto last = first; // behind those that it touches
    for (; last != column.end() && last->top <= added.bottom; ++last) {
        added.top = std::min(added.top, last->top);
        added.bottom = std::max(added.bottom, last->bottom);
    }
    if (first == last) {
        column.insert(first, added);
    } else {
        *first = added;
        column.erase(first + 1, last);
    }
}

} // namespace core
