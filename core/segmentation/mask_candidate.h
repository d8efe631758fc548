// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"
#include "core/mask/rle.h"
#include "core/segmentation/prompt.h"

namespace core
{

/// One answer of the decoder on the model's own grid.
struct ScoredLogits {
    LowResLogits logits;
    float predictedIou = 0;
};

/// One answer of the decoder as what is kept of it, for whoever wants neither pixels nor logits.
struct ScoredRuns {
    Rle mask; ///< at the size of the original picture, logits > 0
    float predictedIou = 0;
    float stabilityScore = 0; ///< see MaskCandidate; with the offset that was asked for
};

/// One answer of the decoder.
struct MaskCandidate {
    Mask mask;                ///< at the size of the original picture, logits > 0
    LowResLogits logits;      ///< feed back as Prompt::previous
    float predictedIou = 0;   ///< the model's own guess of the mask's quality; SAM's may exceed 1
    float stabilityScore = 0; ///< IoU of the mask cut at logit +1 and at -1; 0 for an empty mask
};

} // namespace core
