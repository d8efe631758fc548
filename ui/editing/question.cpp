// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/question.h"

#include "core/segmentation/brush_prompt.h"
#include "core/segmentation/prior_logits.h"

#include <algorithm>

namespace ui
{
namespace
{

/// A cell belongs to the prior when it belongs to either.
void join(std::optional<core::LowResLogits> &prior, core::LowResLogits &&more)
{
    if (!prior) {
        prior = std::move(more);
        return;
    }
    std::transform(prior->values.begin(), prior->values.end(), more.values.begin(),
                   prior->values.begin(), [](float a, float b) { return std::max(a, b); });
}

} // namespace

std::optional<core::LowResLogits> startLogits(const core::Rle &start,
                                              const core::ImageEmbedding &embedding)
{
    if (start.size != embedding.geometry().original)
        return {};
    return core::priorLogits(core::decode(start), embedding.geometry(), embedding.logitsSize());
}

core::Prompt toPrompt(const Question &question, const core::ImageEmbedding &embedding)
{
    core::Prompt prompt{question.prompt.points, question.prompt.box, question.previous,
                        question.output};
    if (!prompt.previous && question.start)
        prompt.previous = startLogits(*question.start, embedding);
    for (std::size_t i = 0; i < question.prompt.strokes.size(); ++i) {
        core::Prompt stroke = core::brushPrompt(question.prompt.strokes[i], embedding.geometry(),
                                                embedding.logitsSize());
        prompt.points.insert(prompt.points.end(), stroke.points.begin(), stroke.points.end());
        if (stroke.previous && i >= question.strokesSeen)
            join(prompt.previous, std::move(*stroke.previous));
    }
    return prompt;
}

} // namespace ui
