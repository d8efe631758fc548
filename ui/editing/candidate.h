// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "core/segmentation/prompt.h"
#include "ui/editing/mask_shape.h"

namespace ui
{

/// One answer of the model as the window needs it: nothing is left to compute on the GUI thread.
struct Candidate {
    core::Rle mask; ///< what an annotation stores
    MaskShape shape;
    core::LowResLogits logits; ///< refines the next answer; empty for a mask of no model's
    float predictedIou = 0;
    float stabilityScore = 0;
};

} // namespace ui
