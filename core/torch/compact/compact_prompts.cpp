// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/compact_prompts.h"

#include <algorithm>
#include <vector>

namespace core::compact
{
namespace
{

/// Model pixels with (0, 0) at the outer corner of the first pixel.
ModelPoint cornerBased(ImagePoint p, const InputGeometry &geometry)
{
    const double scaleX = double(geometry.resized.width) / geometry.original.width;
    const double scaleY = double(geometry.resized.height) / geometry.original.height;
    const auto place = [](double v, int extent) {
        return static_cast<float>(std::clamp<double>(v, 0, extent));
    };
    return {place((p.x + 0.5) * scaleX, geometry.resized.width),
            place((p.y + 0.5) * scaleY, geometry.resized.height)};
}

} // namespace

std::vector<PromptToken> promptTokens(const Prompt &prompt, const InputGeometry &geometry)
{
    std::vector<PromptToken> tokens;
    for (const PointPrompt &point : prompt.points) {
        const bool isForeground = point.label == PointLabel::Foreground;
        tokens.push_back({cornerBased(point.position, geometry),
                          isForeground ? TokenKind::Foreground : TokenKind::Background});
    }
    if (prompt.box) {
        const Box box = prompt.box->normalized();
        // A box's corners are places between pixels already: no half pixel more.
        tokens.push_back({cornerBased({box.x0 - 0.5, box.y0 - 0.5}, geometry), TokenKind::TopLeft});
        tokens.push_back(
            {cornerBased({box.x1 - 0.5, box.y1 - 0.5}, geometry), TokenKind::BottomRight});
    } else {
        tokens.push_back({{}, TokenKind::Padding});
    }
    return tokens;
}

PromptBatch promptBatch(std::span<const Prompt> prompts, std::span<const std::size_t> members,
                        const InputGeometry &geometry, Size logitsSize)
{
    const Prompt &first = prompts[members.front()];
    const auto count = std::int64_t(members.size());
    const auto tokens = std::int64_t(first.points.size() + (first.box ? 2 : 1));
    PromptBatch batch;
    batch.coordinates = torch::zeros({count, tokens, 2});
    batch.kinds = torch::zeros({count, tokens}, torch::kLong);
    batch.boxes = torch::zeros({count, 4});
    batch.hasBox = torch::full({count}, first.box ? 1.0f : 0.0f);
    batch.hasPrevious = torch::full({count}, first.previous ? 1.0f : 0.0f);
    if (first.previous)
        batch.previous = torch::zeros({count, 1, logitsSize.height, logitsSize.width});
    auto xy = batch.coordinates.accessor<float, 3>();
    auto kinds = batch.kinds.accessor<std::int64_t, 2>();
    auto boxes = batch.boxes.accessor<float, 2>();
    for (std::int64_t p = 0; p < count; ++p) {
        const Prompt &prompt = prompts[members[std::size_t(p)]];
        const auto list = promptTokens(prompt, geometry);
        for (std::int64_t t = 0; t < tokens; ++t) {
            const PromptToken &token = list[std::size_t(t)];
            xy[p][t][0] = token.position.x;
            xy[p][t][1] = token.position.y;
            kinds[p][t] = std::int64_t(token.kind);
        }
        for (std::int64_t i = 0; prompt.box && i < 4; ++i)
            boxes[p][i] = xy[p][tokens - 2 + i / 2][i % 2];
        if (prompt.previous)
            std::ranges::copy(prompt.previous->values, batch.previous[p].data_ptr<float>());
    }
    return batch;
}

} // namespace core::compact
