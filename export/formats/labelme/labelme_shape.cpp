// SPDX-License-Identifier: Apache-2.0
#include "export/formats/labelme/labelme_shape.h"

#include "core/error.h"
#include "core/mask/place.h"
#include "core/mask/rle_ellipse.h"
#include "core/mask/rle_polygon.h"
#include "export/maps/png_patch.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace exporters
{
namespace
{

/// "points": [[x, y], ...] as x, y, ...
std::vector<double> pointsOf(const JsonFields &shape)
{
    const nlohmann::json *points = shape.find("points");
    if (points == nullptr || !points->is_array())
        shape.refuse("has no list of \"points\"");
    std::vector<double> all;
    all.reserve(points->size() * 2);
    for (const nlohmann::json &point : *points) {
        const std::vector<double> xy = shape.numbers(point, "a point");
        if (xy.size() != 2)
            shape.refuse("has a point that is not [x, y]");
        all.insert(all.end(), xy.begin(), xy.end());
    }
    return all;
}

void requirePoints(const JsonFields &shape, const std::vector<double> &xy, std::size_t count)
{
    if (xy.size() != count * 2)
        shape.refuse("has " + std::to_string(xy.size() / 2) + " points, and " +
                     std::to_string(count) + " are needed");
}

Region rectangle(const JsonFields &shape, const std::vector<double> &xy, core::Size size)
{
    if (xy.size() != 8) // some programs write all four corners
        requirePoints(shape, xy, 2);
    double x0 = xy[0], x1 = xy[0], y0 = xy[1], y1 = xy[1];
    for (std::size_t i = 2; i < xy.size(); i += 2) {
        x0 = std::min(x0, xy[i]);
        x1 = std::max(x1, xy[i]);
        y0 = std::min(y0, xy[i + 1]);
        y1 = std::max(y1, xy[i + 1]);
    }
    return boxRegion(x0, y0, x1, y1, size);
}

Region mask(const JsonFields &shape, const std::vector<double> &xy, core::Size size)
{
    requirePoints(shape, xy, 2);
    std::array<int, 4> corners{};
    for (std::size_t i = 0; i < corners.size(); ++i) {
        if (!(std::abs(xy[i]) <= core::maxMaskPixels))
            shape.refuse("has a corner far away from its picture");
        corners[i] = static_cast<int>(std::lround(xy[i]));
    }
    const long long width = static_cast<long long>(corners[2]) - corners[0];
    const long long height = static_cast<long long>(corners[3]) - corners[1];
    const auto fits = [&](core::Size png) {
        const bool isInclusive = png.width == width + 1 && png.height == height + 1;
        const bool isExclusive = png.width == width && png.height == height;
        return (isInclusive || isExclusive) && png.width <= size.width && png.height <= size.height;
    };
    const core::Rle patch = fromPngText(shape.text("mask"), fits);
    return {core::place(patch, corners[0], corners[1], size), {}};
}

Region polygon(const JsonFields &shape, const std::vector<double> &xy, core::Size size)
{
    if (xy.size() < 6)
        shape.refuse("is a polygon of fewer than three points");
    return {core::rleFromPolygon(xy, size), {}};
}

Region circle(const JsonFields &shape, const std::vector<double> &xy, core::Size size)
{
    requirePoints(shape, xy, 2);
    const double radius = std::hypot(xy[2] - xy[0], xy[3] - xy[1]);
    return {core::rleFromEllipse({xy[0], xy[1], radius, radius}, size), {}};
}

} // namespace

std::optional<Region> readLabelMeShape(const JsonFields &shape, core::Size imageSize)
{
    constexpr std::array<std::string_view, 4> withoutArea{"point", "points", "line", "linestrip"};
    const std::string type = shape.textOr("shape_type", "polygon");
    if (std::ranges::find(withoutArea, type) != withoutArea.end())
        return std::nullopt;
    const std::vector<double> xy = pointsOf(shape);
    // "rotation" is what X-AnyLabeling calls an oriented rectangle.
    if (type == "polygon" || type == "oriented_rectangle" || type == "rotation")
        return polygon(shape, xy, imageSize);
    if (type == "rectangle")
        return rectangle(shape, xy, imageSize);
    if (type == "circle")
        return circle(shape, xy, imageSize);
    if (type == "mask")
        return mask(shape, xy, imageSize);
    shape.refuse("has the unknown shape type \"" + type.substr(0, 40) + "\"");
}

} // namespace exporters
