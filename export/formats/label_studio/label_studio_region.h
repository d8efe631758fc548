// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/json/json_fields.h"
#include "export/outlines/region.h"

#include <optional>

namespace exporters
{

/// What the "value" of a Label Studio result covers, told by its keys: "rle" (a brush), "points"
/// (a polygon), "radiusX" and "radiusY" (an ellipse), "width" and "height" (a rectangle; a box
/// unless it is turned). Coordinates are per cents of the picture. A rectangle turns about its top
/// left corner, an ellipse about its centre. Nothing for values that are no region. Throws
/// core::Error(BadDataset) for broken ones and for what covers no pixel of its picture.
std::optional<Region> readLabelStudioRegion(const JsonFields &value, core::Size size);

} // namespace exporters
