// SPDX-License-Identifier: Apache-2.0
#include "core/mask/stroke_raster.h"

#include "core/mask/place.h"

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

/// Where a disc around (x, y) cuts a row.
Interval ofDisc(ImagePoint centre, double row, double radius)
{
    const double dy = row - centre.y;
    const double squared = radius * radius - dy * dy;
    if (squared < 0)
        return {};
    const double half = std::sqrt(squared);
    return {centre.x - half, centre.x + half};
}

} // namespace

StrokeRaster::StrokeRaster(Size picture, double radius) : m_picture(picture), m_radius(radius) {}

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
    reserve(touched);
    if (!m_end)
        addPixel(to.x, to.y);
    addLine(from, to);
    if (m_radius > 0.5)
        addCapsule(from, to, touched);
    m_end = to;
    return touched;
}

Rle StrokeRaster::toRle() const
{
    return place(m_pixels, m_block.x, m_block.y, m_picture);
}

/// Grows by half of what is there at least, so that a long stroke is not copied at every step.
void StrokeRaster::reserve(const PixelRect &wanted)
{
    if (wanted.isEmpty())
        return;
    const PixelRect old = m_block;
    const auto contains = [](const PixelRect &a, const PixelRect &b) {
        return b.x >= a.x && b.y >= a.y && b.x + b.width <= a.x + a.width &&
               b.y + b.height <= a.y + a.height;
    };
    if (!old.isEmpty() && contains(old, wanted))
        return;
    PixelRect block = wanted;
    if (!old.isEmpty()) {
        const int left = wanted.x < old.x ? wanted.x - old.width / 2 : old.x;
        const int top = wanted.y < old.y ? wanted.y - old.height / 2 : old.y;
        const int oldRight = old.x + old.width, oldBottom = old.y + old.height;
        const int wantedRight = wanted.x + wanted.width, wantedBottom = wanted.y + wanted.height;
        const int right = wantedRight > oldRight ? wantedRight + old.width / 2 : oldRight;
        const int bottom = wantedBottom > oldBottom ? wantedBottom + old.height / 2 : oldBottom;
        block = clipped({left, top, right - left, bottom - top}, m_picture);
    }
    Mask pixels({block.width, block.height});
    for (int y = 0; y < old.height; ++y)
        std::copy_n(m_pixels.row(y), old.width, pixels.row(y + old.y - block.y) + old.x - block.x);
    m_block = block;
    m_pixels = std::move(pixels);
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
/// every row cuts one interval.
void StrokeRaster::addCapsule(ImagePoint from, ImagePoint to, const PixelRect &rows)
{
    const double reach = m_radius + tolerance;
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    const double ux = length > 0 ? (to.x - from.x) / length : 1;
    const double uy = length > 0 ? (to.y - from.y) / length : 0;
    for (int y = rows.y; y < rows.y + rows.height; ++y) {
        const double dy = y - from.y;
        // Along and across the segment, measured from its begin at from.x.
        Interval beside =
            intersection(between(0, length, uy * dy, ux), between(-reach, reach, ux * dy, -uy));
        if (!beside.isEmpty())
            beside = {beside.low + from.x, beside.high + from.x};
        beside.unite(ofDisc(from, y, reach));
        beside.unite(ofDisc(to, y, reach));
        if (!beside.isEmpty())
            addSpan(y, beside.low, beside.high);
    }
}

void StrokeRaster::addPixel(double x, double y)
{
    const double column = std::floor(x + 0.5 + tolerance), row = std::floor(y + 0.5 + tolerance);
    if (column >= 0 && row >= 0 && column < m_picture.width && row < m_picture.height)
        m_pixels.set(static_cast<int>(column) - m_block.x, static_cast<int>(row) - m_block.y);
}

void StrokeRaster::addSpan(int y, double left, double right)
{
    const int first = static_cast<int>(std::ceil(std::max(left, double(m_block.x))));
    const int last =
        static_cast<int>(std::floor(std::min(right, double(m_block.x + m_block.width - 1))));
    if (first <= last)
        std::fill_n(m_pixels.row(y - m_block.y) + first - m_block.x, last - first + 1,
                    std::uint8_t{1});
}

} // namespace core
