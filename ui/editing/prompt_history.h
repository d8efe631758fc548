// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/question.h"

#include <vector>

namespace ui
{

/// The prompts of the object in work, step by step, so that each can be taken back. A step keeps
/// the logits that its question was asked with: going back asks the same question again.
class PromptHistory
{
public:
    const project::PromptRecord &prompt() const { return m_steps.back().prompt; }
    Question question() const;
    bool canTakeBack() const { return m_steps.size() > 1; }

    /// A prompt joined: `answer` (the selected candidate's logits, if any) refines the next one.
    void add(project::PromptRecord prompt, std::optional<core::LowResLogits> answer);
    /// Prompts moved or went: the logits may stem from what is gone, so they are asked without.
    void replace(project::PromptRecord prompt);
    void takeBack();
    void clear();
    /// Begins with prompts that were kept with an annotation; these cannot be taken back.
    void start(project::PromptRecord prompt);

private:
    struct Step {
        project::PromptRecord prompt;
        std::optional<core::LowResLogits> previous;
        std::size_t strokesSeen = 0;
    };
    std::vector<Step> m_steps{1}; ///< the first has no prompt of this session
};

} // namespace ui
