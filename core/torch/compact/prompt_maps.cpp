// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/prompt_maps.h"

namespace core::compact
{
namespace F = torch::nn::functional;
namespace
{

/// Centres of `count` cells of `step` pixels.
torch::Tensor cellCentres(std::int64_t count, double step, const torch::Device &device)
{
    return (torch::arange(count, torch::TensorOptions(device).dtype(torch::kFloat)) + 0.5) * step;
}

/// exp(-d^2 / 2 sigma^2) of the nearest point of a kind. The Gaussian is a product of a row and a
/// column part, so the large map is touched once per token.
torch::Tensor gaussians(const PromptBatch &prompts, TokenKind kind, const torch::Tensor &xs,
                        const torch::Tensor &ys)
{
    const double k = -0.5 / (gaussianSigma * gaussianSigma);
    const auto x = prompts.coordinates.select(2, 0).unsqueeze(2);
    const auto y = prompts.coordinates.select(2, 1).unsqueeze(2);
    const auto column = torch::exp((xs - x).square() * k) * isKind(prompts, kind).unsqueeze(2);
    const auto row = torch::exp((ys - y).square() * k);
    return (row.unsqueeze(3) * column.unsqueeze(2)).amax(1, true);
}

/// Length of the overlap of each cell with [from, to], as a share of the cell.
torch::Tensor coverage(const torch::Tensor &centres, double step, const torch::Tensor &from,
                       const torch::Tensor &to)
{
    const auto right = torch::minimum(centres + step / 2, to.unsqueeze(1));
    const auto left = torch::maximum(centres - step / 2, from.unsqueeze(1));
    return ((right - left) / step).clamp(0, 1);
}

torch::Tensor boxInterior(const PromptBatch &prompts, const torch::Tensor &xs,
                          const torch::Tensor &ys, double step)
{
    const auto corner = [&](int i) { return prompts.boxes.select(1, i); };
    const auto column = coverage(xs, step, corner(0), corner(2));
    const auto row = coverage(ys, step, corner(1), corner(3));
    return row.unsqueeze(2) * column.unsqueeze(1) * prompts.hasBox.view({-1, 1, 1});
}

/// The largest value over the tokens of one kind, 0 without such a token. In: (P, T, N). Out: (P,
/// N).
torch::Tensor maxOverKind(const torch::Tensor &values, const torch::Tensor &kindMask)
{
    const auto mask = kindMask.unsqueeze(2);
    const auto best =
        (values + (mask - 1) * 4).amax(1); // cosines lie in -1..1: others fall below -2
    return best * kindMask.amax(1, true);
}

} // namespace

PromptBatch PromptBatch::to(torch::Device device) const
{
    // Without waiting for each of the copies: what is asked of them is queued behind them.
    const auto move = [&](const torch::Tensor &t) { return t.to(device, /*non_blocking=*/true); };
    return {move(coordinates),
            move(kinds),
            move(boxes),
            move(hasBox),
            previous.defined() ? move(previous) : previous,
            move(hasPrevious)};
}

torch::Tensor isKind(const PromptBatch &prompts, TokenKind kind)
{
    return (prompts.kinds == static_cast<std::int64_t>(kind)).to(torch::kFloat);
}

torch::Tensor drawPrompts(const PromptBatch &prompts, std::int64_t height4, std::int64_t width4)
{
    const torch::NoGradGuard noGrad;
    const auto device = prompts.coordinates.device();
    const auto xs = cellCentres(width4, 4, device);
    const auto ys = cellCentres(height4, 4, device);
    const auto previous =
        prompts.previous.defined()
            ? torch::tanh(at::avg_pool2d(prompts.previous, 2) / 4) *
                  prompts.hasPrevious.view({-1, 1, 1, 1})
            : torch::zeros({prompts.count(), 1, height4, width4}, prompts.coordinates.options());
    return torch::cat({previous, gaussians(prompts, TokenKind::Foreground, xs, ys),
                       gaussians(prompts, TokenKind::Background, xs, ys),
                       boxInterior(prompts, xs, ys, 4).unsqueeze(1)},
                      1);
}

torch::Tensor sampleAtPoints(const torch::Tensor &map, const PromptBatch &prompts,
                             std::int64_t height, std::int64_t width)
{
    const std::int64_t images = map.size(0);
    const std::int64_t tokens = prompts.coordinates.size(1);
    const auto grid = torch::stack({prompts.coordinates.select(2, 0) * (2.0 / double(width)) - 1,
                                    prompts.coordinates.select(2, 1) * (2.0 / double(height)) - 1},
                                   2)
                          .view({images, 1, -1, 2});
    const auto sampled = F::grid_sample(map, grid,
                                        F::GridSampleFuncOptions()
                                            .mode(torch::kBilinear)
                                            .padding_mode(torch::kBorder)
                                            .align_corners(false));
    return sampled.view({images, map.size(1), -1})
        .transpose(1, 2)
        .reshape({prompts.count(), tokens, map.size(1)});
}

torch::Tensor similarityTo(const torch::Tensor &unitVectors, const PromptBatch &prompts,
                           const torch::Tensor &region, std::int64_t height, std::int64_t width)
{
    const std::int64_t images = unitVectors.size(0), length = unitVectors.size(1);
    const std::int64_t h = unitVectors.size(2), w = unitVectors.size(3);
    const std::int64_t count = prompts.count(), tokens = prompts.coordinates.size(1);
    const auto pixels = unitVectors.permute({0, 2, 3, 1}).reshape({images, h * w, length});

    // Points and the two regions' means in one product per picture.
    const auto points = sampleAtPoints(unitVectors, prompts, height, width);
    const auto inside = region.reshape({images, -1, h * w});
    const auto sumInside = torch::bmm(inside, pixels);
    const auto sumAll = pixels.sum(1, true);
    const auto toUnit = [](const torch::Tensor &v) {
        return v * torch::rsqrt(v.square().sum(-1, true) + 1e-4);
    };
    const auto means = torch::stack({toUnit(sumInside), toUnit(sumAll - sumInside)}, 2);
    const auto keys =
        torch::cat({points.reshape({count, tokens, length}), means.reshape({count, 2, length})}, 1);
    const auto cosines = torch::bmm(keys.view({images, -1, length}), pixels.transpose(1, 2))
                             .view({count, tokens + 2, h * w});

    const auto toPoints = cosines.slice(1, 0, tokens);
    const auto hasRegion = torch::maximum(prompts.hasBox, prompts.hasPrevious).view({count, 1, 1});
    const auto maps =
        torch::cat({maxOverKind(toPoints, isKind(prompts, TokenKind::Foreground)).unsqueeze(1),
                    maxOverKind(toPoints, isKind(prompts, TokenKind::Background)).unsqueeze(1),
                    cosines.slice(1, tokens) * hasRegion},
                   1);
    return maps.view({count, similarityMaps, h, w});
}

} // namespace core::compact
