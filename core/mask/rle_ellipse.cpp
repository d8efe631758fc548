// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_ellipse.h"

#include "core/error.h"
#include "core/mask/rle_builder.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace core
{
namespace
{

constexpr double largest = 1e8;
constexpr double smallestRadius = 1e-6; // its square still divides

void requireDrawable(const Ellipse &ellipse)
{
    for (const double value :
         {ellipse.x, ellipse.y, ellipse.radiusX, ellipse.radiusY, ellipse.degrees}) {
        if (!(std::abs(value) <= largest)) // so that NaN is refused, too
            throw Error(ErrorKind::BadDataset, "An ellipse cannot be filled: one of its values is "
                                               "not a number of reasonable size.");
    }
    if (ellipse.radiusX < smallestRadius || ellipse.radiusY < smallestRadius)
        throw Error(ErrorKind::BadDataset,
                    "An ellipse cannot be filled: its radius is not above 0.");
}

/// The first pixel whose centre lies at `edge` or behind it, within 0..count.
int firstPixel(double edge, int count)
{
    return static_cast<int>(std::clamp(std::ceil(edge - 0.5), 0.0, static_cast<double>(count)));
}

/// Behind the last pixel whose centre lies at `edge` or before it, within 0..count.
int behindPixel(double edge, int count)
{
    return static_cast<int>(
        std::clamp(std::floor(edge - 0.5) + 1, 0.0, static_cast<double>(count)));
}

} // namespace

Rle rleFromEllipse(const Ellipse &ellipse, Size size)
{
    requireDrawable(ellipse);
    const double angle = std::fmod(ellipse.degrees, 360.0) * std::numbers::pi / 180;
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    const double ofX = 1 / (ellipse.radiusX * ellipse.radiusX);
    const double ofY = 1 / (ellipse.radiusY * ellipse.radiusY);
    // With u and v from the centre: uu * u^2 + uv * u * v + vv * v^2 <= 1
    const double uu = c * c * ofX + s * s * ofY;
    const double uv = 2 * c * s * (ofX - ofY);
    const double vv = s * s * ofX + c * c * ofY;
    const double halfWidth = std::hypot(ellipse.radiusX * c, ellipse.radiusY * s);

    RleBuilder rle(size);
    const auto height = static_cast<std::uint64_t>(size.height);
    const int end = behindPixel(ellipse.x + halfWidth, size.width);
    for (int x = firstPixel(ellipse.x - halfWidth, size.width); x < end; ++x) {
        const double u = x + 0.5 - ellipse.x;
        const double inRoot = uv * u * uv * u - 4 * vv * (uu * u * u - 1);
        if (inRoot < 0)
            continue;
        const double root = std::sqrt(inRoot);
        const int top = firstPixel(ellipse.y + (-uv * u - root) / (2 * vv), size.height);
        const int bottom = behindPixel(ellipse.y + (-uv * u + root) / (2 * vv), size.height);
        if (top < bottom) {
            const std::uint64_t column = static_cast<std::uint64_t>(x) * height;
            rle.add(column + static_cast<std::uint64_t>(top),
                    column + static_cast<std::uint64_t>(bottom));
        }
    }
    return rle.finish();
}

} // namespace core
