// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "core/segmentation/candidate_choice.h"
#include "core/segmentation/placed_logits.h"
#include "ui/editing/logit_frame.h"
#include "ui/editing/mask_shape.h"

#include <optional>

namespace ui
{

/// One answer of the model as the window needs it: nothing is left to compute on the GUI thread.
struct Candidate {
    core::Rle mask; ///< what an annotation stores
    MaskShape shape;
    core::LowResLogits logits; ///< refines the next answer; empty for a mask of no model's
    LogitFrame frame;          ///< how the logits lie over the picture
    float threshold = 0;       ///< at which the logits were cut
    float predictedIou = 0;
    float stabilityScore = 0;
    std::optional<core::CandidateSize> size; ///< among the others; none when there are too few
    bool isSuggested = false;                ///< to be shown first; one of an answer's is
};

core::PlacedLogits placedLogits(const Candidate &candidate);

} // namespace ui
