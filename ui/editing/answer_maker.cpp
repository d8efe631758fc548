// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/answer_maker.h"

#include "core/mask/place.h"
#include "core/segmentation/local_change.h"
#include "core/segmentation/mask_postprocessing.h"
#include "core/segmentation/prior_logits.h"

#include <algorithm>
#include <span>

namespace ui
{
namespace
{

/// One click and nothing else: what is meant is open.
bool isLoneClick(const core::Prompt &prompt)
{
    return prompt.points.size() == 1 && !prompt.box && !prompt.previous;
}

/// Whether the start changes only where new clicks point at it. A new box is about all of it.
bool isLocal(const core::FocusedEmbedding &view, const Question &question)
{
    return question.keepsStart && question.start && question.start->size == view.picture &&
           question.prompt.box == question.startPrompt.box;
}

LogitFrame frameOf(const core::FocusedEmbedding &view, const Question &question)
{
    LogitFrame frame{view.embedding->geometry(), view.window, view.picture, question.kept, {}, {}};
    if (isLocal(view, question)) {
        frame.start = question.start;
        frame.clicks = newClicks(question);
    }
    return frame;
}

core::Rle maskOf(const core::MaskCandidate &answer, const LogitFrame &frame, float threshold)
{
    return threshold == core::maskThreshold ? inPicture(answer.mask, frame)
                                            : cut(answer.logits, frame, threshold);
}

Candidate toCandidate(core::MaskCandidate &&answer, const LogitFrame &frame, float threshold)
{
    Candidate candidate;
    candidate.mask = maskOf(answer, frame, threshold);
    candidate.shape = makeMaskShape(candidate.mask);
    candidate.frame = frame;
    candidate.threshold = threshold;
    candidate.logits = std::move(answer.logits);
    candidate.predictedIou = answer.predictedIou;
    candidate.stabilityScore = answer.stabilityScore;
    return candidate;
}

MaskShape shapeOf(const core::MaskBlock &block, const LogitFrame &frame)
{
    const core::PixelRect &place = block.place;
    if (!frame.start && !frame.kept)
        return makeMaskShape(block.mask,
                             QPoint(frame.window.x + place.x, frame.window.y + place.y));
    core::Mask part(frame.geometry.original);
    for (int y = 0; y < place.height; ++y)
        std::copy_n(block.mask.row(y), place.width, part.row(place.y + y) + place.x);
    return makeMaskShape(inPicture(part, frame));
}

/// For a question that points at nothing in the view.
Candidate keptCandidate(const core::FocusedEmbedding &view, const Question &question)
{
    Candidate candidate;
    candidate.mask = isLocal(view, question) ? *question.start
                     : question.kept         ? *question.kept
                                             : core::encode(core::Mask(view.picture));
    candidate.shape = makeMaskShape(candidate.mask);
    candidate.threshold = question.prompt.threshold;
    candidate.isSuggested = true;
    return candidate;
}

} // namespace

/// Logits of another view mean nothing in this one.
void AnswerMaker::lookAt(const core::FocusedEmbedding &view)
{
    if (m_view == view.embedding)
        return;
    forget();
    m_view = view.embedding;
}

core::Prompt AnswerMaker::promptOf(const Question &question, const core::FocusedEmbedding &view)
{
    Question local = question;
    local.prompt = toWindow(view.window, question.prompt);
    std::optional<core::LowResLogits> prior;
    if (question.previous) {
        prior =
            core::broughtTo(core::placeOf(view), view.embedding->logitsSize(), *question.previous);
    } else if (local.start) {
        if (m_start != local.start) {
            m_start = local.start;
            m_startLogits.reset();
            if (m_start->size == view.picture) // or else the file was replaced since
                m_startLogits =
                    core::priorLogits(core::crop(*m_start, view.window), view.embedding->geometry(),
                                      view.embedding->logitsSize());
        }
        prior = m_startLogits;
    }
    if (!isLocal(view, question) || !prior)
        return toPrompt(local, *view.embedding, std::move(prior));
    local.startPrompt = toWindow(view.window, question.startPrompt);
    const std::vector<core::PointPrompt> clicks = newClicks(local);
    if (clicks.empty())
        return {};
    core::Prompt prompt = toPrompt(local, *view.embedding, prior);
    if (const auto support = core::supportingPoint(*prior, view.embedding->geometry(), clicks))
        prompt.points.insert(prompt.points.begin(), *support);
    return prompt;
}

template <typename Answer>
std::size_t AnswerMaker::suggested(const std::vector<Answer> &answers, const core::Prompt &prompt,
                                   std::size_t preferred) const
{
    if (!m_shown || !isLoneClick(prompt))
        return preferred;
    return core::consistentCandidate(std::span<const Answer>(answers), *m_shown,
                                     prompt.points.front().position, preferred);
}

std::vector<Candidate> AnswerMaker::answer(core::Segmenter &segmenter,
                                           const core::FocusedEmbedding &view,
                                           const Question &question)
{
    lookAt(view);
    const core::Prompt prompt = promptOf(question, view);
    if (prompt.isEmpty())
        return {keptCandidate(view, question)};
    std::vector<core::MaskCandidate> masks = segmenter.decode(*view.embedding, prompt);
    const std::size_t first =
        suggested(masks, prompt, core::preferredCandidate(masks, question.preferredSize));
    m_shown.reset(); // the next object is another one
    std::vector<std::optional<core::CandidateSize>> sizes;
    for (std::size_t i = 0; i < masks.size(); ++i)
        sizes.push_back(core::candidateSize(masks, i));
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < masks.size(); ++i) {
        candidates.push_back(
            toCandidate(std::move(masks[i]), frameOf(view, question), question.prompt.threshold));
        candidates.back().size = sizes[i];
        candidates.back().isSuggested = i == first;
    }
    return candidates;
}

MaskShape AnswerMaker::preview(core::Segmenter &segmenter, const core::FocusedEmbedding &view,
                               const Question &question)
{
    lookAt(view);
    const core::Prompt prompt = promptOf(question, view);
    if (prompt.isEmpty())
        return {};
    // Nobody sees the masks of the others.
    std::vector<core::ScoredLogits> answers =
        std::move(segmenter.decodeLogits(*view.embedding, {&prompt, 1}).front());
    const core::InputGeometry &geometry = view.embedding->geometry();
    core::ScoredLogits &answer = answers[suggested(
        answers, prompt, core::preferredCandidate(answers, geometry, question.preferredSize))];
    core::MaskBlock block =
        core::maskBlockFromLogits(answer.logits, geometry, question.prompt.threshold);
    MaskShape shape = shapeOf(block, frameOf(view, question));
    m_shown.reset();
    if (isLoneClick(prompt))
        m_shown = core::ShownCandidate{std::move(answer.logits), std::move(block),
                                       geometry.original, prompt.points.front().position};
    return shape;
}

void AnswerMaker::forget()
{
    m_view.reset();
    m_shown.reset();
    m_start.reset();
    m_startLogits.reset();
}

} // namespace ui
