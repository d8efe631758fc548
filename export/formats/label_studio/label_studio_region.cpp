// SPDX-License-Identifier: Apache-2.0
#include "export/formats/label_studio/label_studio_region.h"

#include "core/mask/rle_ellipse.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_polygon.h"
#include "export/formats/label_studio/label_studio_rle.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

double number(const JsonFields &value, const char *key)
{
    const Json *found = value.find(key);
    if (found == nullptr || !found->is_number() || !std::isfinite(found->get<double>()))
        value.refuse("has no number as \"" + std::string(key) + "\"");
    return found->get<double>();
}

double degrees(const JsonFields &value)
{
    return value.find("rotation") == nullptr ? 0 : number(value, "rotation");
}

Region brush(const JsonFields &value, const Json &rle, core::Size size)
{
    if (!rle.is_array())
        value.refuse("has no list of bytes as \"rle\"");
    std::vector<std::uint8_t> bytes;
    bytes.reserve(rle.size());
    for (const Json &byte : rle) {
        if (!byte.is_number_unsigned() || byte.get<std::uint64_t>() > 255)
            value.refuse("has something else than bytes in \"rle\"");
        bytes.push_back(byte.get<std::uint8_t>());
    }
    return {fromLabelStudioRle(bytes, size), {}};
}

Region polygon(const JsonFields &value, const Json &points, core::Size size)
{
    if (!points.is_array() || points.size() < 3)
        value.refuse("is a polygon of fewer than three points");
    std::vector<double> ring;
    ring.reserve(points.size() * 2);
    for (const Json &point : points) {
        const std::vector<double> xy = value.numbers(point, "a point");
        if (xy.size() != 2)
            value.refuse("has a point that is not [x, y]");
        ring.push_back(xy[0] * size.width / 100);
        ring.push_back(xy[1] * size.height / 100);
    }
    return {core::rleFromPolygon(ring, size), {}};
}

Region rectangle(const JsonFields &value, core::Size size)
{
    const double x = number(value, "x") * size.width / 100;
    const double y = number(value, "y") * size.height / 100;
    const double width = number(value, "width") * size.width / 100;
    const double height = number(value, "height") * size.height / 100;
    const double turned = degrees(value);
    if (turned == 0)
        return boxRegion(x, y, x + width, y + height, size);
    return {
        core::rleFromPolygon(turnedRectangle({x, y, x + width, y + height}, turned, x, y), size),
        {}};
}

Region ellipse(const JsonFields &value, core::Size size)
{
    return {core::rleFromEllipse({number(value, "x") * size.width / 100,
                                  number(value, "y") * size.height / 100,
                                  number(value, "radiusX") * size.width / 100,
                                  number(value, "radiusY") * size.height / 100, degrees(value)},
                                 size),
            {}};
}

std::optional<Region> covered(const JsonFields &value, core::Size size)
{
    if (const Json *rle = value.find("rle"))
        return brush(value, *rle, size);
    if (const Json *points = value.find("points"))
        return polygon(value, *points, size);
    if (value.find("radiusX") != nullptr)
        return ellipse(value, size);
    // Key points have a width, too: that of the dot.
    if (value.find("x") != nullptr && value.find("height") != nullptr)
        return rectangle(value, size);
    return std::nullopt;
}

} // namespace

std::optional<Region> readLabelStudioRegion(const JsonFields &value, core::Size size)
{
    const std::optional<Region> region = covered(value, size);
    if (region && !region->box && core::area(region->mask) == 0)
        value.refuse("covers no pixel of its picture");
    return region;
}

} // namespace exporters
