// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/adam_w.h"

#include <cmath>

namespace core
{
namespace
{

constexpr double beta1 = 0.9;
constexpr double beta2 = 0.98;
constexpr double epsilon = 1e-8;
constexpr double largestNorm = 1;

} // namespace

AdamW::AdamW(const FlatWeights &weights, double weightDecay)
    : firstMoments(torch::zeros_like(weights.values)),
      secondMoments(torch::zeros_like(weights.values)), m_decay(weights.isMatrix * weightDecay)
{
}

void AdamW::step(FlatWeights &weights, double learningRate, std::int64_t count)
{
    const torch::NoGradGuard noGrad;
    auto &gradient = weights.gradients;
    const double norm = gradient.norm().item<double>();
    if (!std::isfinite(norm))
        return; // one bad batch must not spoil the weights
    if (norm > largestNorm)
        gradient.mul_(largestNorm / (norm + 1e-6));
    const double correction1 = 1 - std::pow(beta1, double(count));
    const double correction2 = 1 - std::pow(beta2, double(count));
    firstMoments.lerp_(gradient, 1 - beta1);
    secondMoments.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
    const auto root = (secondMoments / correction2).sqrt_().add_(epsilon);
    weights.values.addcmul_(weights.values, m_decay, -learningRate);
    weights.values.addcdiv_(firstMoments, root, -learningRate / correction1);
}

} // namespace core
