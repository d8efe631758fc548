// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "core/geometry/image.h"
#include "core/mask/mask.h"

namespace exporters
{

/// Lays a mask over a picture of the same size: 45 % of the colour inside, and an outline in the
/// full colour along its inner border, one pixel wide for every 600 of the picture's longer side.
void drawOverlay(core::Image &image, const core::Mask &mask, core::Color color);

} // namespace exporters
