// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/candidate_choice.h"
#include "core/segmentation/focus.h"
#include "ui/editing/candidate.h"
#include "ui/editing/question.h"

#include <memory>
#include <optional>
#include <vector>

namespace ui
{

/// Questions in, candidates ready to be painted out. Remembers what it showed under the pointer, so
/// that the next preview and the click that follows mean the same object. Inference thread.
class AnswerMaker
{
public:
    /// One of the candidates is suggested. Where nothing of the question lies in the focus, the
    /// mask that was kept is the only one. Throws what the segmenter throws.
    std::vector<Candidate> answer(core::Segmenter &segmenter, const core::FocusedEmbedding &view,
                                  const Question &question);
    /// The suggested candidate alone, as an answer would have it.
    MaskShape preview(core::Segmenter &segmenter, const core::FocusedEmbedding &view,
                      const Question &question);
    /// Another picture, another part of it or another model follows.
    void forget();

private:
    void lookAt(const core::FocusedEmbedding &view);
    core::Prompt promptOf(const Question &question, const core::FocusedEmbedding &view);
    /// `preferred`: what is suggested where nothing was shown yet.
    template <typename Answer>
    std::size_t suggested(const std::vector<Answer> &answers, const core::Prompt &prompt,
                          std::size_t preferred) const;

    std::shared_ptr<const core::ImageEmbedding> m_view; ///< that the rest is about
    std::optional<core::ShownCandidate> m_shown;        ///< by the last preview
    /// The start of the last question and what became of it: hovers ask with the same again and
    /// again.
    std::shared_ptr<const core::Rle> m_start;
    std::optional<core::LowResLogits> m_startLogits;
};

} // namespace ui
