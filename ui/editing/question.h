// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/records.h"

#include <optional>

namespace ui
{

/// What is asked of the model about the picture that is open. Strokes become points and prior
/// logits on the inference thread, where the model's geometry is known.
struct Question {
    project::PromptRecord prompt;
    std::optional<core::LowResLogits> previous; ///< of the same model and picture
    core::MaskOutput output = core::MaskOutput::Auto;
};

} // namespace ui
