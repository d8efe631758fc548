// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/question.h"

#include <memory>
#include <vector>

namespace ui
{

/// The prompts of the object in work, step by step, so that each can be taken back. A step keeps
/// what its question was asked with: going back asks the same question again.
///
/// A step may also be a mask, put in the place of an answer: an annotation taken up again, a
/// proposal, or what was drawn by hand. The steps after it start from that mask.
class PromptHistory
{
public:
    using MaskPointer = std::shared_ptr<const core::Rle>;

    const project::PromptRecord &prompt() const { return m_steps.back().prompt; }
    Question question() const;
    bool canTakeBack() const { return m_steps.size() > 1; }
    bool isEmpty() const { return !canTakeBack() && prompt().isEmpty() && !m_steps.back().start; }
    /// The mask that is the present answer; null: the model is asked.
    MaskPointer mask() const;

    /// A prompt joined: `answer` (the selected candidate's logits, if any) refines the next one.
    void add(project::PromptRecord prompt, std::optional<core::LowResLogits> answer);
    /// Prompts moved or went: the logits may stem from what is gone, so they are asked without.
    void replace(project::PromptRecord prompt);
    /// The last step is another one, as while a point is dragged.
    void amend(project::PromptRecord prompt) { m_steps.back().prompt = std::move(prompt); }
    void setThreshold(float threshold) { m_steps.back().prompt.threshold = threshold; }
    /// `mask` takes the place of the answer; `prompt` are the prompts that it still agrees with.
    void putMask(project::PromptRecord prompt, MaskPointer mask);
    void takeBack();
    void clear();
    /// Begins with what was kept with an annotation; this cannot be taken back.
    void start(project::PromptRecord prompt, MaskPointer mask);
    /// Another model is asked from here on: logits of the last one mean nothing to it.
    void forgetLogits();

private:
    struct Step {
        project::PromptRecord prompt;
        std::optional<core::LowResLogits> previous;
        std::size_t strokesSeen = 0;
        MaskPointer start;            ///< the last mask that was put in the place of an answer
        std::size_t startStrokes = 0; ///< strokes that were there by then
        bool isMask = false;          ///< `start` is this step's answer
    };
    Step next(project::PromptRecord prompt) const;

    std::vector<Step> m_steps{1}; ///< the first has no prompt of this session
};

} // namespace ui
