// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/question.h"

#include "core/segmentation/brush_prompt.h"
#include "core/segmentation/focus.h"

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

project::PromptRecord toWindow(const core::PixelRect &window, const project::PromptRecord &prompt)
{
    const core::Prompt moved = core::toWindow(window, {prompt.points, prompt.box, {}, {}});
    project::PromptRecord record{moved.points, moved.box, prompt.strokes, prompt.threshold};
    for (core::BrushStroke &stroke : record.strokes) {
        std::erase_if(stroke.path,
                      [&](core::ImagePoint point) { return !core::isInside(window, point); });
        for (core::ImagePoint &point : stroke.path)
            point = core::toWindow(window, point);
    }
    return record;
}

core::Prompt everyPlace(const project::PromptRecord &prompt)
{
    core::Prompt places{prompt.points, prompt.box, {}, {}};
    for (const core::BrushStroke &stroke : prompt.strokes) {
        for (const core::ImagePoint &point : stroke.path)
            places.points.push_back({point, stroke.label});
    }
    return places;
}

std::vector<core::PointPrompt> newClicks(const Question &question)
{
    const auto isNew = [](const auto &prompts, const auto &one) {
        return std::find(prompts.begin(), prompts.end(), one) == prompts.end();
    };
    std::vector<core::PointPrompt> clicks;
    for (const core::PointPrompt &point : question.prompt.points) {
        if (isNew(question.startPrompt.points, point))
            clicks.push_back(point);
    }
    for (const core::BrushStroke &stroke : question.prompt.strokes) {
        if (!isNew(question.startPrompt.strokes, stroke))
            continue;
        for (const core::ImagePoint &point : stroke.path)
            clicks.push_back({point, stroke.label});
    }
    return clicks;
}

core::Prompt toPrompt(const Question &question, const core::ImageEmbedding &embedding,
                      std::optional<core::LowResLogits> prior)
{
    core::Prompt prompt{question.prompt.points, question.prompt.box, std::move(prior),
                        question.output};
    for (std::size_t i = 0; i < question.prompt.strokes.size(); ++i) {
        if (question.prompt.strokes[i].path.empty())
            continue;
        core::Prompt stroke = core::brushPrompt(question.prompt.strokes[i], embedding.geometry(),
                                                embedding.logitsSize());
        prompt.points.insert(prompt.points.end(), stroke.points.begin(), stroke.points.end());
        if (stroke.previous && i >= question.strokesSeen)
            join(prompt.previous, std::move(*stroke.previous));
    }
    return prompt;
}

} // namespace ui
