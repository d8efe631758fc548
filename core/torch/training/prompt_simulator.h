// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"
#include "core/torch/compact/prompt_batch.h"
#include "core/training/random.h"

#include <vector>

namespace core
{

/// The person in front of the model, for a batch of targets: starts with a click or a box, then
/// corrects what the model answers, one click a round.
class PromptSimulator
{
public:
    /// targets: (P, 1, H/2, W/2) bytes, 255ths of a cell, on the CPU. The clicks do not depend on
    /// `threads`.
    PromptSimulator(const torch::Tensor &targets, const Random &random, int threads = 1);

    compact::PromptBatch first();
    /// answer: (P, 1, H/2, W/2) logits of the masks the person was shown, on any device.
    compact::PromptBatch next(const torch::Tensor &answer);

    /// 1 where the first prompt was a box: (P).
    const torch::Tensor &startedWithBox() const { return m_prompts.hasBox; }

private:
    struct Token {
        ModelPoint position; ///< model pixels
        compact::TokenKind kind;
    };
    void addClick(std::size_t prompt, ModelPoint cell, bool isForeground);
    void startWithClick(std::size_t prompt);
    bool startWithBox(std::size_t prompt);
    void drawStroke(std::size_t prompt, ModelPoint cell);
    compact::PromptBatch batch() const;

    int m_threads;
    std::vector<Random> m_random; ///< one of its own for each prompt
    std::vector<Mask> m_targets;
    std::vector<std::vector<Token>> m_tokens;
    compact::PromptBatch m_prompts;
};

} // namespace core
