// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/prompt_history.h"

#include "core/segmentation/focus.h"

namespace ui
{

Question PromptHistory::question(const std::optional<core::PixelRect> &window) const
{
    return questionOf(m_steps.back(), window);
}

Question PromptHistory::preview(project::PromptRecord prompt, const std::optional<Answer> &answer,
                                const std::optional<core::PixelRect> &window) const
{
    return questionOf(added(std::move(prompt), answer), window);
}

Question PromptHistory::questionOf(const Step &step, const std::optional<core::PixelRect> &window)
{
    Question question;
    question.prompt = step.prompt;
    question.start = step.start;
    question.startPrompt = step.startPrompt;
    question.keepsStart = step.keepsStart;
    question.window = window;
    question.strokesSeen = step.startPrompt.strokes.size();
    if (window)
        question.kept = step.kept;
    if (!step.previous)
        return question;
    const core::PixelRect &seen = step.previous->place.window;
    if (window && *window != seen)
        return question;
    question.previous = step.previous;
    question.strokesSeen = step.strokesSeen;
    if (!step.isFocused && core::showsAll(seen, everyPlace(step.prompt)))
        question.window = seen;
    return question;
}

PromptHistory::MaskPointer PromptHistory::mask() const
{
    const Step &step = m_steps.back();
    return step.isMask || step.prompt.isEmpty() ? step.start : nullptr;
}

/// A step that goes on from the same mask as the last one, if from any.
PromptHistory::Step PromptHistory::next(project::PromptRecord prompt) const
{
    Step step = m_steps.back();
    step.prompt = std::move(prompt);
    step.previous.reset();
    step.isMask = false;
    step.keepsStart = step.start != nullptr;
    return step;
}

void PromptHistory::add(project::PromptRecord prompt, const std::optional<Answer> &answer)
{
    m_steps.push_back(added(std::move(prompt), answer));
}

PromptHistory::Step PromptHistory::added(project::PromptRecord prompt,
                                         const std::optional<Answer> &answer) const
{
    Step step = next(std::move(prompt));
    const Step &last = m_steps.back();
    if (answer && step.start) {
        step.start = step.kept = answer->mask;
        step.startPrompt = last.prompt;
    } else if (answer && !answer->logits.logits.values.empty()) {
        step.previous = answer->logits;
        step.isFocused = answer->isFocused;
        step.strokesSeen = last.prompt.strokes.size();
    }
    return step;
}

void PromptHistory::askAnew(project::PromptRecord prompt)
{
    Step step = next(std::move(prompt));
    step.keepsStart = false;
    step.startPrompt = step.prompt;
    m_steps.push_back(std::move(step));
}

void PromptHistory::replace(project::PromptRecord prompt)
{
    Step step = next(std::move(prompt));
    const Question question = questionOf(step, {});
    // Nothing points at a part of the mask: what went was about all of it.
    step.keepsStart = step.keepsStart && !newClicks(question).empty();
    m_steps.push_back(std::move(step));
}

void PromptHistory::putMask(project::PromptRecord prompt, MaskPointer mask)
{
    Step step;
    step.startPrompt = prompt;
    step.prompt = std::move(prompt);
    step.kept = mask;
    step.start = std::move(mask);
    step.isMask = true;
    m_steps.push_back(std::move(step));
}

void PromptHistory::takeBack()
{
    if (canTakeBack())
        m_steps.pop_back();
}

void PromptHistory::clear()
{
    m_steps.assign(1, {});
}

void PromptHistory::start(project::PromptRecord prompt, MaskPointer mask)
{
    clear();
    Step &first = m_steps.front();
    first.prompt = std::move(prompt);
    first.isMask = mask != nullptr;
    first.kept = mask;
    first.start = std::move(mask);
    if (first.isMask)
        first.startPrompt = first.prompt;
}

void PromptHistory::keep(const MaskPointer &mask)
{
    for (Step &step : m_steps) {
        if (!step.kept)
            step.kept = mask;
    }
}

void PromptHistory::forgetLogits()
{
    for (Step &step : m_steps)
        step.previous.reset();
}

} // namespace ui
