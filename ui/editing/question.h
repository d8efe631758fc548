// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "core/project/records.h"
#include "core/segmentation/candidate_choice.h"
#include "core/segmentation/segmenter.h"

#include <memory>
#include <optional>

namespace ui
{

/// What is asked of the model about the picture that is open. Strokes and masks become points and
/// prior logits on the inference thread, where the model's geometry is known.
struct Question {
    project::PromptRecord prompt;
    std::optional<core::LowResLogits> previous; ///< of the same model and picture
    std::size_t strokesSeen = 0; ///< so many strokes were part of the question `previous` answered
    std::shared_ptr<const core::Rle> start; ///< in the place of `previous`, when that is not there
    core::MaskOutput output = core::MaskOutput::Auto;
    std::optional<core::CandidateSize> preferredSize; ///< of several candidates
};

/// Nothing when the mask has another size than the picture: the file was replaced since.
std::optional<core::LowResLogits> startLogits(const core::Rle &start,
                                              const core::ImageEmbedding &embedding);

/// As the model takes it. Foreground strokes that `previous` has not seen join the prior logits.
core::Prompt toPrompt(const Question &question, const core::ImageEmbedding &embedding);

} // namespace ui
