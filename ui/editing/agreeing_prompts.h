// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/records.h"

namespace ui
{

/// The prompts that still hold where `mask` is right: points and strokes on their side of it, and a
/// box that it does not leave. What contradicts a mask drawn by hand would undo it with the next
/// question.
project::PromptRecord agreeingPrompts(const project::PromptRecord &prompt, const core::Rle &mask);

} // namespace ui
