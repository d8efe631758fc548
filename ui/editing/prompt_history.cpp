// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/prompt_history.h"

namespace ui
{

Question PromptHistory::question() const
{
    const Step &step = m_steps.back();
    return {step.prompt, step.previous, step.strokesSeen};
}

void PromptHistory::add(project::PromptRecord prompt, std::optional<core::LowResLogits> answer)
{
    const std::size_t strokesSeen = answer ? m_steps.back().prompt.strokes.size() : 0;
    m_steps.push_back({std::move(prompt), std::move(answer), strokesSeen});
}

void PromptHistory::replace(project::PromptRecord prompt)
{
    m_steps.push_back({std::move(prompt), std::nullopt, 0});
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

void PromptHistory::start(project::PromptRecord prompt)
{
    clear();
    m_steps.front().prompt = std::move(prompt);
}

} // namespace ui
