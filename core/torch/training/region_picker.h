// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"
#include "core/training/random.h"
#include "core/training/scene_source.h"

#include <optional>

namespace core
{

/// Part of a scene, in its pixels.
struct CropWindow {
    int x = 0;
    int y = 0;
    int side = 0;
};

/// A training target: a random 4-connected component of one id in one of the scene's levels, of a
/// sensible size, as a mask of the window's size. Nothing when a few draws found none.
std::optional<Mask> pickRegion(const TrainingScene &scene, const CropWindow &window,
                               Random &random);

} // namespace core
