// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/losses.h"

namespace core
{
namespace
{

// SAM's focal loss weighs the two classes; with soft targets both get the same weight.
constexpr double focalAlpha = 0.5;

} // namespace

MaskLosses maskLosses(const torch::Tensor &logits, const torch::Tensor &targets)
{
    const auto p = torch::sigmoid(logits);
    const auto entropy = torch::nn::functional::softplus(logits) - logits * targets;
    const auto focal = ((targets - p).square() * entropy).mean({2, 3}) * focalAlpha;
    const auto overlap = (p * targets).sum({2, 3});
    const auto dice = 1 - (2 * overlap + 1) / (p.sum({2, 3}) + targets.sum({2, 3}) + 1);
    return {focal, dice};
}

torch::Tensor hardIou(const torch::Tensor &logits, const torch::Tensor &targets)
{
    const torch::NoGradGuard noGrad;
    const auto answer = (logits > 0).to(torch::kFloat);
    const auto truth = (targets > 0.5).to(torch::kFloat);
    const auto both = (answer * truth).sum({2, 3});
    return both / (answer.sum({2, 3}) + truth.sum({2, 3}) - both).clamp_min(1);
}

} // namespace core
