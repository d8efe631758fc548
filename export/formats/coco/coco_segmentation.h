// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/json/json_fields.h"
#include "export/options.h"

#include "core/mask/rle.h"

#include <string_view>
#include <vector>

namespace exporters
{

/// The mask in an annotation's "segmentation", in any of COCO's three forms, of the size of its
/// image. Run lengths that Python printed as bytes ("b'...'") are understood, too. Throws
/// EntryError through `fields`, the annotation's, by the rules rle-keys, rle-size, rle-counts,
/// polygon-points, polygon-numbers, not-numbers, not-a-whole-number and segmentation-form.
core::Rle readCocoSegmentation(const nlohmann::json &segmentation, core::Size imageSize,
                               const JsonFields &fields);

/// {"size": [height, width], "counts": ...}, the counts as compressed text or as a list of numbers.
nlohmann::ordered_json cocoRuns(const core::Rle &mask, SegmentationForm form);

/// The size that run lengths themselves name: {"size": [height, width], ...}.
core::Size sizeInRuns(const nlohmann::json &segmentation, const JsonFields &fields);

/// Whether run lengths are text that Python made of its bytes.
bool isPrintedBytes(std::string_view counts);

/// The union of the polygons, each x0, y0, x1, y1, ...; throws core::Error(BadDataset) as
/// core::rleFromPolygon() does.
core::Rle unionOfPolygons(const std::vector<std::vector<double>> &polygons, core::Size imageSize);

} // namespace exporters
