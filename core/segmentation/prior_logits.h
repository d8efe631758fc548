// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"
#include "core/segmentation/input_geometry.h"
#include "core/segmentation/prompt.h"

namespace core
{

/// What a sure pixel of a prior mask is worth in logits: as sure as a model's own answers are.
inline constexpr float priorLogit = 8;

/// A mask of the original picture as logits on the model's grid, to be given as Prompt::previous:
/// the share of a cell that the mask covers goes from -priorLogit (none, and in the padding) to
/// +priorLogit (all). `mask` has the size geometry.original. The share is measured at 4x4 places of
/// the cell.
LowResLogits priorLogits(const Mask &mask, const InputGeometry &geometry, Size logitsSize);

/// Where the place (x, y), counted in cells of the logits' grid from its upper left corner, lies in
/// the original picture, with (0, 0) the centre of the first pixel. Beyond the picture in the
/// padding.
ImagePoint toImage(double x, double y, const InputGeometry &geometry, Size logitsSize);

} // namespace core
