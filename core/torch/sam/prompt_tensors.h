// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/input_geometry.h"
#include "core/segmentation/prompt.h"

#include <torch/torch.h>

#include <span>
#include <vector>

namespace core::sam
{

/// Prompts of one kind as the prompt encoder takes them; undefined where there is nothing of that
/// kind.
struct PromptTensors {
    torch::Tensor points; ///< [B, n, 2] pixels of the model's input
    torch::Tensor labels; ///< [B, n] int64
    torch::Tensor boxes;  ///< [B, 4]
    torch::Tensor masks;  ///< [B, 1, h, w] logits
    std::int64_t batch = 1;

    PromptTensors to(torch::Device device) const;
};

/// The prompts at `members` must be alike: as many points, a box or none, a previous answer or
/// none.
PromptTensors promptTensors(std::span<const Prompt> prompts, std::span<const std::size_t> members,
                            const InputGeometry &geometry);

/// Indices of prompts that are alike and ask for as many masks, at most `most` to a group, in
/// order. Prompts of different lengths are not padded to share a batch: a padding token would
/// change the answer.
std::vector<std::vector<std::size_t>> groupAlike(std::span<const Prompt> prompts, std::size_t most);

/// Throws Error(BadPrompt) for coordinates that are no numbers and previous logits of another size.
void checkPrompt(const Prompt &prompt, Size logitsSize);

} // namespace core::sam
