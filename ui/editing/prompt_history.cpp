// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/prompt_history.h"

namespace ui
{

void PromptHistory::add(project::PromptRecord prompt, std::optional<core::LowResLogits> answer)
{
    m_steps.push_back({std::move(prompt), std::move(answer)});
}

void PromptHistory::replace(project::PromptRecord prompt)
{
    m_steps.push_back({std::move(prompt), std::nullopt});
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
