// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/records.h"
#include "core/segmentation/segmenter.h"

#include <optional>

namespace ui
{

/// What is asked of the model about the picture that is open. Strokes become points and prior
/// logits on the inference thread, where the model's geometry is known.
struct Question {
    project::PromptRecord prompt;
    std::optional<core::LowResLogits> previous; ///< of the same model and picture
    std::size_t strokesSeen = 0; ///< so many strokes were part of the question `previous` answered
    core::MaskOutput output = core::MaskOutput::Auto;
};

/// As the model takes it. Foreground strokes that `previous` has not seen join the prior logits.
core::Prompt toPrompt(const Question &question, const core::ImageEmbedding &embedding);

} // namespace ui
