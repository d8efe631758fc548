// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"
#include "core/mask/mask.h"
#include "core/training/random.h"

#include <optional>

namespace core
{

/// Where a person might click to mean this region: mostly deep inside, sometimes anywhere. A pixel
/// of `region`; nothing when it is empty.
std::optional<ModelPoint> sampleClick(const Mask &region, Random &random);

/// Where a person might draw the box around this region: its bounding box with unsteady corners,
/// XYXY, the far corner exclusive. Nothing when it is empty.
std::optional<Box> sampleBox(const Mask &region, Random &random);

struct SampledClick {
    ModelPoint position;
    bool isForeground = true;
};

/// The next click towards `target`: into what is missing or into what is too much, by their areas;
/// on the target where the answer is right already.
SampledClick sampleCorrection(const Mask &target, const Mask &answer, Random &random);

} // namespace core
