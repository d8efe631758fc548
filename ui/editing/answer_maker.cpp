// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/answer_maker.h"

#include "core/segmentation/mask_postprocessing.h"

namespace ui
{
namespace
{

Candidate toCandidate(core::MaskCandidate &&answer, const core::InputGeometry &geometry,
                      float threshold)
{
    Candidate candidate;
    candidate.geometry = geometry;
    candidate.threshold = threshold;
    if (threshold == core::maskThreshold) {
        candidate.mask = core::encode(answer.mask);
        candidate.shape = makeMaskShape(answer.mask);
    } else {
        candidate.mask = core::rleFromLogits(answer.logits, geometry, threshold);
        candidate.shape = makeMaskShape(candidate.mask);
    }
    candidate.logits = std::move(answer.logits);
    candidate.predictedIou = answer.predictedIou;
    candidate.stabilityScore = answer.stabilityScore;
    return candidate;
}

/// One click and nothing else: what is meant is open.
bool isLoneClick(const core::Prompt &prompt)
{
    return prompt.points.size() == 1 && !prompt.box && !prompt.previous;
}

} // namespace

core::Prompt AnswerMaker::promptOf(const Question &question, const core::ImageEmbedding &embedding)
{
    if (question.previous || !question.start)
        return toPrompt(question, embedding);
    if (m_start != question.start) {
        m_startLogits = startLogits(*question.start, embedding);
        m_start = question.start;
    }
    Question started = question;
    started.previous = m_startLogits;
    return toPrompt(started, embedding);
}

std::size_t AnswerMaker::suggested(const std::vector<core::MaskCandidate> &candidates,
                                   const core::Prompt &prompt, const Question &question) const
{
    const std::size_t preferred = core::preferredCandidate(candidates, question.preferredSize);
    if (!m_shown || !isLoneClick(prompt))
        return preferred;
    return core::consistentCandidate(candidates, *m_shown, prompt.points.front().position,
                                     preferred);
}

std::vector<Candidate> AnswerMaker::answer(core::Segmenter &segmenter,
                                           const core::ImageEmbedding &embedding,
                                           const Question &question)
{
    const core::Prompt prompt = promptOf(question, embedding);
    std::vector<core::MaskCandidate> masks = segmenter.decode(embedding, prompt);
    const std::size_t first = suggested(masks, prompt, question);
    m_shown.reset(); // the next object is another one
    std::vector<std::optional<core::CandidateSize>> sizes;
    for (std::size_t i = 0; i < masks.size(); ++i)
        sizes.push_back(core::candidateSize(masks, i));
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < masks.size(); ++i) {
        candidates.push_back(
            toCandidate(std::move(masks[i]), embedding.geometry(), question.prompt.threshold));
        candidates.back().size = sizes[i];
        candidates.back().isSuggested = i == first;
    }
    return candidates;
}

MaskShape AnswerMaker::preview(core::Segmenter &segmenter, const core::ImageEmbedding &embedding,
                               const Question &question)
{
    const core::Prompt prompt = promptOf(question, embedding);
    std::vector<core::MaskCandidate> masks = segmenter.decode(embedding, prompt);
    core::MaskCandidate &mask = masks[suggested(masks, prompt, question)];
    const float threshold = question.prompt.threshold;
    MaskShape shape =
        threshold == core::maskThreshold
            ? makeMaskShape(mask.mask)
            : makeMaskShape(core::rleFromLogits(mask.logits, embedding.geometry(), threshold));
    m_shown.reset();
    if (isLoneClick(prompt))
        m_shown = core::ShownCandidate{std::move(mask), prompt.points.front().position};
    return shape;
}

void AnswerMaker::forget()
{
    m_shown.reset();
    m_start.reset();
    m_startLogits.reset();
}

} // namespace ui
