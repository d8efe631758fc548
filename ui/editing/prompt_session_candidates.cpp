// SPDX-License-Identifier: Apache-2.0
// The part of PromptSession that chooses among candidates and cuts them.
#include "ui/editing/prompt_session.h"

#include <algorithm>
#include <utility>

namespace ui
{

/// The category that accept() will take.
std::string PromptSession::categoryName() const
{
    if (const core::Category *category = m_document.category(m_category))
        return category->name;
    if (m_proposal)
        return m_proposal->category;
    const std::vector<core::Category> categories = m_document.categories();
    return categories.empty() ? std::string() : categories.front().name;
}

void PromptSession::setCandidateMemory(CandidateMemory memory)
{
    m_memory = std::move(memory);
}

/// What was seen stays until the mask is ready to be painted.
void PromptSession::showMask(const MaskMaker::MaskPointer &mask)
{
    Candidate candidate;
    candidate.mask = *mask;
    if (current())
        candidate.shape = current()->shape;
    candidate.threshold = threshold();
    setCandidates({std::move(candidate)});
    m_maker.make([mask] { return mask; },
                 [this](const MaskMaker::MaskPointer &, const MaskShape &shape) {
                     m_candidates.front().shape = shape;
                     Q_EMIT candidatesChanged();
                 });
}

bool PromptSession::canSetThreshold() const
{
    return current() && (!current()->logits.values.empty() || !prompt().isEmpty());
}

void PromptSession::setThreshold(float threshold)
{
    threshold = std::clamp(threshold, -thresholdRange, thresholdRange);
    if (!canSetThreshold() || threshold == this->threshold())
        return;
    if (m_history.mask() && !isWaiting()) {
        // The mask was taken up without its logits: its prompts bring them back.
        project::PromptRecord prompt = m_history.prompt();
        prompt.threshold = threshold;
        m_history.askAnew(std::move(prompt));
        ask();
        return;
    }
    m_history.setThreshold(threshold);
    if (!isWaiting())
        cutCurrent();
    Q_EMIT promptChanged();
}

bool PromptSession::isCutting() const
{
    return current() && !current()->logits.values.empty() && current()->threshold != threshold();
}

/// Brings the selected candidate to the object's threshold.
void PromptSession::cutCurrent()
{
    m_maker.forget();
    if (!isCutting())
        return;
    const auto index = std::size_t(m_selected);
    if (threshold() == 0 && index < m_uncut.size()) {
        m_candidates[index] = m_uncut[index];
        Q_EMIT candidatesChanged();
        return;
    }
    const auto cut = [logits = current()->logits, frame = current()->frame,
                      threshold = threshold()] {
        return std::make_shared<const core::Rle>(ui::cut(logits, frame, threshold));
    };
    const auto done = [this, index, threshold = threshold()](const MaskMaker::MaskPointer &mask,
                                                             const MaskShape &shape) {
        if (!mask) {
            m_history.setThreshold(m_candidates[index].threshold);
            Q_EMIT promptChanged();
            return;
        }
        m_candidates[index].mask = *mask;
        m_candidates[index].shape = shape;
        m_candidates[index].threshold = threshold;
        Q_EMIT candidatesChanged();
        if (m_acceptWhenAnswered && !isCutting())
            accept();
    };
    m_maker.make(cut, done);
}

void PromptSession::setCandidates(std::vector<Candidate> candidates)
{
    if (m_candidates.empty() && candidates.empty())
        return;
    m_maker.forget();
    m_candidates = std::move(candidates);
    m_uncut.clear();
    if (!m_candidates.empty() && m_candidates.front().threshold == 0)
        m_uncut = m_candidates;
    const auto first = std::find_if(m_candidates.begin(), m_candidates.end(),
                                    [](const Candidate &one) { return one.isSuggested; });
    m_selected = m_candidates.empty()          ? -1
                 : first == m_candidates.end() ? 0
                                               : int(first - m_candidates.begin());
    m_wasChosen = false;
    const auto best = std::max_element(
        m_candidates.begin(), m_candidates.end(),
        [](const auto &a, const auto &b) { return a.predictedIou < b.predictedIou; });
    m_advised = int(best - m_candidates.begin()); // a closer look changes the numbers
    Q_EMIT candidatesChanged();
}

const Candidate *PromptSession::current() const
{
    return m_selected < 0 ? nullptr : &m_candidates[std::size_t(m_selected)];
}

void PromptSession::select(int index)
{
    if (index < 0 || index >= int(m_candidates.size()) || index == m_selected)
        return;
    m_selected = index;
    m_wasChosen = true;
    cutCurrent();
    lookCloser();
    Q_EMIT candidatesChanged();
    if (m_acceptWhenAnswered && !isWaiting() && !isLookingCloser() && !isCutting())
        accept();
}

/// What was chosen among several is what the category's next click begins with. Going back to the
/// model's own advice forgets it.
void PromptSession::learnChoice()
{
    if (!std::exchange(m_wasChosen, false) || !current() || !current()->size)
        return;
    const bool isAdvised = m_selected == m_advised;
    if (m_memory.learn(categoryName(), isAdvised ? std::nullopt : current()->size))
        Q_EMIT candidateMemoryChanged();
}

void PromptSession::selectNext()
{
    if (m_selected >= 0)
        select((m_selected + 1) % int(m_candidates.size()));
}

void PromptSession::selectPrevious()
{
    const int count = int(m_candidates.size());
    if (m_selected >= 0)
        select((m_selected + count - 1) % count);
}

} // namespace ui
