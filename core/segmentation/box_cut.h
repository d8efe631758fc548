// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/input_geometry.h"
#include "core/segmentation/prompt.h"

namespace core
{

/// The logit at which to cut a mask that a box alone asked for. People draw boxes tight, so among
/// cuts from -.8 to .4 the one whose mask's bounding box is nearest to `box` (IoU) is taken; cuts
/// far from -.1 have to fit better. 0 where none of them leaves
/// anything in the box.
///
/// Of a small model's answers: it is unsure of its borders, and its masks are too small for their
/// boxes when they are cut at 0. The constants were chosen on 563 objects outlined by hand, with
/// their bounding boxes, with corners 3 % of the side away, and with loose boxes: mean IoU .900 to
/// .909, .886 to .897 and .878 to .878.
float boxCut(const LowResLogits &logits, const InputGeometry &geometry, const Box &box);

} // namespace core
