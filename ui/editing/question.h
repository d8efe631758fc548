// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/rle.h"
#include "core/project/records.h"
#include "core/segmentation/candidate_choice.h"
#include "core/segmentation/placed_logits.h"
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
    std::optional<core::PlacedLogits> previous; ///< of the same model and picture
    std::size_t strokesSeen = 0; ///< so many strokes were part of the question `previous` answered
    /// A mask to go on from, in the place of `previous` when that is not there.
    std::shared_ptr<const core::Rle> start;
    project::PromptRecord startPrompt;     ///< what `start` stands for already
    bool keepsStart = false;               ///< it changes only where the newer prompts point at it
    std::optional<core::PixelRect> window; ///< the part to ask about; none: the whole picture
    std::shared_ptr<const core::Rle> kept; ///< the mask outside the window; null: none
    bool isOptional = false; ///< there is an answer already: no memory is freed for another one
    core::MaskOutput output = core::MaskOutput::Auto;
    std::optional<core::CandidateSize> preferredSize; ///< of several candidates
};

/// The prompts as prompts of the window. Points outside are left out, boxes cut; of strokes the
/// part inside remains, which may be none: their order stays.
project::PromptRecord toWindow(const core::PixelRect &window, const project::PromptRecord &prompt);

/// All places that the prompts point at: boxes stay, strokes become the points of their ways.
core::Prompt everyPlace(const project::PromptRecord &prompt);

/// What was not among the prompts of the start, as clicks: points, and the points of strokes.
std::vector<core::PointPrompt> newClicks(const Question &question);

/// As the model takes it, but for `start` and `window`; `prior` are the logits to go on from, on
/// the embedding's grid. Foreground strokes that `previous` has not seen join them.
core::Prompt toPrompt(const Question &question, const core::ImageEmbedding &embedding,
                      std::optional<core::LowResLogits> prior);

} // namespace ui
