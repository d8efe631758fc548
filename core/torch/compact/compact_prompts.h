// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/input_geometry.h"
#include "core/segmentation/prompt.h"
#include "core/torch/compact/prompt_batch.h"

#include <span>
#include <vector>

namespace core::compact
{

/// In the model's frame: one token per point, and two for a box or one padding without a box.
std::vector<PromptToken> promptTokens(const Prompt &prompt, const InputGeometry &geometry);

/// The prompts at `members` in the model's frame. They must be alike (see sam::groupAlike): as many
/// points, a box or none, a previous answer or none.
PromptBatch promptBatch(std::span<const Prompt> prompts, std::span<const std::size_t> members,
                        const InputGeometry &geometry, Size logitsSize);

} // namespace core::compact
