// SPDX-License-Identifier: Apache-2.0
#include "export/outlines/region.h"

#include "core/error.h"
#include "core/mask/rle_polygon.h"

#include <cmath>
#include <numbers>

namespace exporters
{

Region boxRegion(double x0, double y0, double x1, double y1, core::Size size)
{
    const core::Box box = core::Box{x0, y0, x1, y1}.normalized();
    const core::Box inside{std::max(box.x0, 0.0), std::max(box.y0, 0.0),
                           std::min<double>(box.x1, size.width),
                           std::min<double>(box.y1, size.height)};
    if (!(inside.width() > 0) || !(inside.height() > 0))
        throw core::Error(core::ErrorKind::BadDataset,
                          "A box is empty or lies outside of its picture.");
    // Box counts from the centre of the first pixel.
    return {{size, {}},
            core::Box{inside.x0 - 0.5, inside.y0 - 0.5, inside.x1 - 0.5, inside.y1 - 0.5}};
}

core::Rle pixelsOf(const Region &region)
{
    if (!region.box)
        return region.mask;
    return core::rleFromBox(region.box->x0 + 0.5, region.box->y0 + 0.5, region.box->width(),
                            region.box->height(), region.mask.size);
}

std::vector<double> turnedRectangle(const core::Box &rectangle, double degrees, double pivotX,
                                    double pivotY)
{
    const double angle = std::fmod(degrees, 360.0) * std::numbers::pi / 180;
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    std::vector<double> ring;
    const auto add = [&](double x, double y) {
        ring.push_back(pivotX + c * (x - pivotX) - s * (y - pivotY));
        ring.push_back(pivotY + s * (x - pivotX) + c * (y - pivotY));
    };
    add(rectangle.x0, rectangle.y0);
    add(rectangle.x1, rectangle.y0);
    add(rectangle.x1, rectangle.y1);
    add(rectangle.x0, rectangle.y1);
    return ring;
}

} // namespace exporters
