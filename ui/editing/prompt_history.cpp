// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/prompt_history.h"

#include <algorithm>

namespace ui
{

Question PromptHistory::question() const
{
    const Step &step = m_steps.back();
    Question question;
    question.prompt = step.prompt;
    question.previous = step.previous;
    question.strokesSeen = step.strokesSeen;
    question.start = step.start;
    return question;
}

PromptHistory::MaskPointer PromptHistory::mask() const
{
    return m_steps.back().isMask ? m_steps.back().start : nullptr;
}

/// A step that knows no more than that the object began with a mask, if it did.
PromptHistory::Step PromptHistory::next(project::PromptRecord prompt) const
{
    const Step &last = m_steps.back();
    const std::size_t seen = std::min(last.startStrokes, prompt.strokes.size());
    return {std::move(prompt), std::nullopt, seen, last.start, seen, false};
}

void PromptHistory::add(project::PromptRecord prompt, std::optional<core::LowResLogits> answer)
{
    Step step = next(std::move(prompt));
    if (answer)
        step.strokesSeen = m_steps.back().prompt.strokes.size();
    step.previous = std::move(answer);
    m_steps.push_back(std::move(step));
}

void PromptHistory::replace(project::PromptRecord prompt)
{
    m_steps.push_back(next(std::move(prompt)));
}

void PromptHistory::putMask(project::PromptRecord prompt, MaskPointer mask)
{
    const std::size_t strokes = prompt.strokes.size();
    m_steps.push_back({std::move(prompt), std::nullopt, strokes, std::move(mask), strokes, true});
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
    first.start = std::move(mask);
    if (first.isMask)
        first.strokesSeen = first.startStrokes = first.prompt.strokes.size();
}

void PromptHistory::forgetLogits()
{
    for (Step &step : m_steps) {
        step.previous.reset();
        step.strokesSeen = step.startStrokes;
    }
}

} // namespace ui
