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

AdamW::AdamW(std::vector<torch::Tensor> parameters, double weightDecay)
    : m_parameters(std::move(parameters)), m_weightDecay(weightDecay)
{
    for (const auto &p : m_parameters) {
        m_first.push_back(torch::zeros_like(p));
        m_second.push_back(torch::zeros_like(p));
    }
}

void AdamW::step(double learningRate, std::int64_t count)
{
    const torch::NoGradGuard noGrad;
    const double norm = torch::nn::utils::clip_grad_norm_(m_parameters, largestNorm);
    if (!std::isfinite(norm))
        return; // one bad batch must not spoil the weights
    const double correction1 = 1 - std::pow(beta1, double(count));
    const double correction2 = 1 - std::pow(beta2, double(count));
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        auto &p = m_parameters[i];
        const auto &gradient = p.grad();
        if (!gradient.defined())
            continue;
        if (p.dim() >= 2)
            p.mul_(1 - learningRate * m_weightDecay);
        m_first[i].lerp_(gradient, 1 - beta1);
        m_second[i].mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        const auto root = (m_second[i] / correction2).sqrt_().add_(epsilon);
        p.addcdiv_(m_first[i], root, -learningRate / correction1);
    }
}

} // namespace core
