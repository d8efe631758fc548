// SPDX-License-Identifier: Apache-2.0
#include "export/formats/coco/coco_polygons.h"

#include "core/mask/outline_parts.h"
#include "core/mask/rle_measure.h"
#include "export/formats/coco/coco_segmentation.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace exporters
{
namespace
{

std::vector<std::vector<double>> outerRings(const std::vector<core::OutlinePart> &parts)
{
    std::vector<std::vector<double>> rings;
    for (const core::OutlinePart &part : parts)
        rings.push_back(part.outer);
    return rings;
}

} // namespace

CocoPolygons cocoPolygons(const core::Rle &mask, double tolerance)
{
    const std::vector<core::OutlinePart> parts = core::outlineParts(mask);
    CocoPolygons result{outerRings(parts), mask, false};
    for (const core::OutlinePart &part : parts)
        result.areHolesFilled |= !part.holes.empty();
    if (result.areHolesFilled)
        result.mask = unionOfPolygons(result.rings, mask.size);
    if (tolerance <= 0)
        return result;
    std::vector<std::vector<double>> fewer = outerRings(core::simplified(parts, tolerance));
    core::Rle changed = unionOfPolygons(fewer, mask.size);
    if (core::area(changed) > 0) { // crumbs may fall between the pixels' middles: they stay exact
        result.rings = std::move(fewer);
        result.iou = core::iou(changed, result.mask);
        result.mask = std::move(changed);
    }
    return result;
}

nlohmann::ordered_json toJson(const std::vector<std::vector<double>> &rings)
{
    auto all = nlohmann::ordered_json::array();
    for (const std::vector<double> &ring : rings) {
        auto numbers = nlohmann::ordered_json::array();
        for (const double number : ring) {
            if (number == std::floor(number))
                numbers.push_back(static_cast<long long>(number));
            else
                numbers.push_back(number);
        }
        all.push_back(std::move(numbers));
    }
    return all;
}

} // namespace exporters
