// SPDX-License-Identifier: Apache-2.0
// The part of PromptSession that has the model look once more, closer, at what it found.
#include "core/segmentation/closer_look.h"
#include "ui/editing/prompt_session.h"

namespace ui
{

core::PlacedLogits placedLogits(const Candidate &candidate)
{
    return {candidate.logits, {candidate.frame.geometry, candidate.frame.window}};
}

/// Only what is seen now: the other candidates follow when they are selected. Not while a prompt is
/// dragged, and not where the user said what to look at or goes on from a mask of his own.
void PromptSession::lookCloser()
{
    if (isWaiting())
        return; // the answer is looked at when it is there
    m_closer = 0;
    if (!m_service.status().looksCloser || m_window || m_isMoving || !current() ||
        current()->logits.values.empty() || current()->frame.start)
        return;
    const QRect bounds = current()->shape.bounds;
    const auto window = core::closerLookAt(
        everyPlace(prompt()), {bounds.x(), bounds.y(), bounds.width(), bounds.height()},
        current()->frame.window, current()->frame.picture);
    if (!window)
        return;
    Question question = m_history.question({});
    question.previous = placedLogits(*current());
    question.strokesSeen = prompt().strokes.size();
    question.window = window;
    question.output = core::MaskOutput::Single;
    question.isOptional = true;
    m_closer = m_service.ask(std::move(question));
}

void PromptSession::takeCloser(const Candidate &closer)
{
    if (closer.shape.isEmpty()) { // nothing is left of it there: what was found stays
        endCloserLook();
        return;
    }
    const auto index = std::size_t(m_selected);
    const auto replace = [&](std::vector<Candidate> &candidates) {
        if (index >= candidates.size())
            return;
        Candidate &one = candidates[index];
        const std::optional<core::CandidateSize> size = one.size;
        const bool isSuggested = one.isSuggested;
        one = closer;
        one.size = size;
        one.isSuggested = isSuggested;
    };
    replace(m_candidates);
    if (closer.threshold == 0)
        replace(m_uncut);
    else
        m_uncut.clear();
    cutCurrent(); // the threshold may have changed since
    Q_EMIT candidatesChanged();
    endCloserLook();
}

/// What waited for it goes on. A click at the pointer may mean something else now, and asking for
/// the closer look overtook the hover.
void PromptSession::endCloserLook()
{
    m_closer = 0;
    if (m_acceptWhenAnswered)
        accept();
    else if (m_pointer)
        hover(m_pointer->position, m_pointer->label);
}

} // namespace ui
