// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/prompt_tensors.h"

#include "core/error.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace core::sam
{

namespace
{

auto kindOf(const Prompt &prompt)
{
    return std::tuple(prompt.points.size(), prompt.box.has_value(), prompt.previous.has_value(),
                      prompt.multimaskOutput());
}

} // namespace

PromptTensors PromptTensors::to(torch::Device device) const
{
    const auto there = [device](const torch::Tensor &tensor) {
        return tensor.defined() ? tensor.to(device) : tensor;
    };
    return {there(points), there(labels), there(boxes), there(masks), batch};
}

PromptTensors promptTensors(std::span<const Prompt> prompts, std::span<const std::size_t> members,
                            const InputGeometry &geometry)
{
    const Prompt &first = prompts[members.front()];
    const auto batch = static_cast<std::int64_t>(members.size());
    const auto count = static_cast<std::int64_t>(first.points.size());
    std::vector<float> coordinates;
    std::vector<std::int64_t> labels;
    std::vector<float> corners;
    std::vector<torch::Tensor> masks;
    const auto append = [&geometry](std::vector<float> &list, ImagePoint point) {
        const ModelPoint placed = geometry.toModel(point);
        list.insert(list.end(), {placed.x, placed.y});
    };
    for (const std::size_t member : members) {
        const Prompt &prompt = prompts[member];
        for (const PointPrompt &point : prompt.points) {
            append(coordinates, point.position);
            labels.push_back(point.label == PointLabel::Foreground ? 1 : 0);
        }
        if (prompt.box) {
            append(corners, {prompt.box->x0, prompt.box->y0});
            append(corners, {prompt.box->x1, prompt.box->y1});
        }
        if (prompt.previous)
            masks.push_back(
                torch::tensor(prompt.previous->values)
                    .view({1, prompt.previous->size.height, prompt.previous->size.width}));
    }
    PromptTensors result;
    result.batch = batch;
    if (count > 0) {
        result.points = torch::tensor(coordinates).view({batch, count, 2});
        result.labels = torch::tensor(labels).view({batch, count});
    }
    if (first.box)
        result.boxes = torch::tensor(corners).view({batch, 4});
    if (first.previous)
        result.masks = at::stack(masks);
    return result;
}

std::vector<std::vector<std::size_t>> groupAlike(std::span<const Prompt> prompts, std::size_t most)
{
    std::map<decltype(kindOf(prompts.front())), std::vector<std::size_t>> kinds;
    for (std::size_t i = 0; i < prompts.size(); ++i)
        kinds[kindOf(prompts[i])].push_back(i);
    std::vector<std::vector<std::size_t>> groups;
    for (const auto &[kind, members] : kinds)
        for (auto begin = members.begin(); begin < members.end();) {
            const auto end = begin + std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(most),
                                                              members.end() - begin);
            groups.emplace_back(begin, end);
            begin = end;
        }
    return groups;
}

void checkPrompt(const Prompt &prompt, Size logitsSize)
{
    const auto finite = [](double x, double y) { return std::isfinite(x) && std::isfinite(y); };
    const bool pointsFinite = std::ranges::all_of(prompt.points, [&](const PointPrompt &point) {
        return finite(point.position.x, point.position.y);
    });
    const bool boxFinite = !prompt.box || (finite(prompt.box->x0, prompt.box->y0) &&
                                           finite(prompt.box->x1, prompt.box->y1));
    if (!pointsFinite || !boxFinite)
        throw Error(ErrorKind::BadPrompt, "A prompt has a coordinate that is not a number.");
    if (prompt.previous &&
        (prompt.previous->size != logitsSize ||
         prompt.previous->values.size() != static_cast<std::size_t>(logitsSize.area())))
        throw Error(ErrorKind::BadPrompt,
                    "The previous logits are " + std::to_string(prompt.previous->size.width) +
                        " x " + std::to_string(prompt.previous->size.height) +
                        " and this model takes " + std::to_string(logitsSize.width) + " x " +
                        std::to_string(logitsSize.height) + "; feed back its own answers only.");
}

} // namespace core::sam
