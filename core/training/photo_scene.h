// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/canvas.h"
#include "core/training/material.h"

namespace core
{

/// Fills the canvas with a random crop of a random photo. Nobody has drawn masks for it: the label
/// maps are three nested levels of regions found in its colours, textures and borders.
void paintPhoto(Random &random, const Material &material, Canvas &canvas);

} // namespace core
