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

    /// What was there when a prompt joined.
    struct Answer {
        core::PlacedLogits logits; ///< empty for a mask of no model's
        MaskPointer mask;
        bool isFocused = false; ///< the user had the model look there
    };

    const project::PromptRecord &prompt() const { return m_steps.back().prompt; }
    /// `window`: what the user has the model look at now; logits of another window do not count
    /// there. None: it looks where it looked by itself for the answer before, if that shows all
    /// prompts.
    Question question(const std::optional<core::PixelRect> &window) const;
    /// As question() would be after add().
    Question preview(project::PromptRecord prompt, const std::optional<Answer> &answer,
                     const std::optional<core::PixelRect> &window) const;
    bool canTakeBack() const { return m_steps.size() > 1; }
    bool isEmpty() const { return !canTakeBack() && prompt().isEmpty() && !m_steps.back().start; }
    /// The mask that is the present answer; null: the model is asked.
    MaskPointer mask() const;

    /// A prompt joined: the answer, if there is one, is refined by the next one. Its logits do so
    /// where the model made all of it; the mask does where the object began with one.
    void add(project::PromptRecord prompt, const std::optional<Answer> &answer);
    /// Prompts moved or went: the logits may stem from what is gone, so they are asked without.
    void replace(project::PromptRecord prompt);
    /// The prompts are asked about once more, all of the mask being open; it is the prior.
    void askAnew(project::PromptRecord prompt);
    /// The last step is another one, as while a point is dragged.
    void amend(project::PromptRecord prompt) { m_steps.back().prompt = std::move(prompt); }
    void setThreshold(float threshold) { m_steps.back().prompt.threshold = threshold; }
    /// `mask` takes the place of the answer; `prompt` are the prompts that it still agrees with.
    void putMask(project::PromptRecord prompt, MaskPointer mask);
    void takeBack();
    void clear();
    /// Begins with what was kept with an annotation; this cannot be taken back.
    void start(project::PromptRecord prompt, MaskPointer mask);
    /// A part is looked at from here on: outside it `mask` is what the object has.
    void keep(const MaskPointer &mask);
    /// Another model is asked from here on: logits of the last one mean nothing to it.
    void forgetLogits();

private:
    struct Step {
        project::PromptRecord prompt;
        std::optional<core::PlacedLogits> previous;
        bool isFocused = false; ///< see Answer
        std::size_t strokesSeen = 0;
        MaskPointer start;                 ///< a mask to go on from
        project::PromptRecord startPrompt; ///< what it stands for already
        bool isMask = false;               ///< `start` is this step's answer
        bool keepsStart = false;           ///< see Question
        MaskPointer kept;                  ///< see keep()
    };
    Step next(project::PromptRecord prompt) const;
    Step added(project::PromptRecord prompt, const std::optional<Answer> &answer) const;
    static Question questionOf(const Step &step, const std::optional<core::PixelRect> &window);

    std::vector<Step> m_steps{1}; ///< the first has no prompt of this session
};

} // namespace ui
