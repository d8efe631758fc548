// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/json/json_fields.h"
#include "export/outlines/region.h"

#include <optional>

namespace exporters
{

/// What a LabelMe shape covers:
/// - polygon (also without a type), oriented_rectangle: filled as rleFromPolygon() does, the first
///   pixel spanning 0 to 1, which is how labelme draws it;
/// - rectangle: a box;
/// - circle (centre and a point of the rim): the pixels whose centres lie in it;
/// - mask: a PNG in base64 between two corners, both of them inside. Some writers leave the second
///   one outside; the PNG's size tells.
/// Nothing for shapes without area: point, points, line, linestrip.
/// Throws core::Error(BadDataset) for unknown and broken shapes.
std::optional<Region> readLabelMeShape(const JsonFields &shape, core::Size imageSize);

} // namespace exporters
