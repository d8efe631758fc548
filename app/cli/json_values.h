// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "core/segmentation/mask_candidate.h"

#include <nlohmann/json.hpp>

namespace cli
{

/// People read these, too: keys stay in the order in which they were set.
using Json = nlohmann::ordered_json;

/// {"size": [h, w], "counts": "..."}
Json toJson(const core::Rle &rle);

/// The reverse; counts as a string or as a list of numbers. Throws core::Error(BadDataset).
core::Rle rleFromJson(const Json &value);

/// {"rle", "predicted_iou", "stability_score", "area", "bbox": [x, y, w, h]}
Json toJson(const core::MaskCandidate &candidate);

/// Enough digits for people and plots; predicted IoU and the like.
double rounded(double value, int digits = 4);

} // namespace cli
