// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/rle.h"
#include "core/project/records.h"
#include "core/segmentation/candidate_choice.h"
#include "core/segmentation/segmenter.h"

#include <memory>
#include <optional>
#include <vector>

namespace ui
{

/// What is asked of the model about the picture that is open. Strokes and masks become points and
/// prior logits on the inference thread, where the model's geometry is known.
struct Question {
    project::PromptRecord prompt;
    std::optional<core::LowResLogits> previous; ///< of the same model, picture and window
    std::size_t strokesSeen = 0; ///< so many strokes were part of the question `previous` answered
    /// A mask to go on from, in the place of `previous` when that is not there.
    std::shared_ptr<const core::Rle> start;
    project::PromptRecord startPrompt;     ///< what `start` stands for already
    bool keepsStart = false;               ///< it changes only where the newer prompts point at it
    std::optional<core::PixelRect> window; ///< the focused part to ask about; none: the whole
    std::shared_ptr<const core::Rle> kept; ///< the mask outside the window; null: none
    core::MaskOutput output = core::MaskOutput::Auto;
    std::optional<core::CandidateSize> preferredSize; ///< of several candidates
};

/// The prompts as prompts of the window. Points outside are left out, boxes cut; of strokes the
/// part inside remains, which may be none: their order stays.
project::PromptRecord toWindow(const core::PixelRect &window, const project::PromptRecord &prompt);

/// What was not among the prompts of the start, as clicks: points, and the points of strokes.
std::vector<core::PointPrompt> newClicks(const Question &question);

/// As the model takes it, but for `start` and `window`. Foreground strokes that `previous` has not
/// seen join the prior logits.
core::Prompt toPrompt(const Question &question, const core::ImageEmbedding &embedding);

} // namespace ui
