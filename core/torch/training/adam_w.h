// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

namespace core
{

/// AdamW with betas .9 and .98, weight decay on matrices only, gradients clipped to a norm of 1.
/// LibTorch's own keeps its moments under keys that changed between versions; these are plain
/// tensors in the order of the parameters, so that a checkpoint can hold them.
class AdamW
{
public:
    AdamW(std::vector<torch::Tensor> parameters, double weightDecay);

    /// Moves the parameters by their gradients; `count` is 1 at the first step.
    void step(double learningRate, std::int64_t count);

    std::vector<torch::Tensor> &firstMoments() { return m_first; }
    std::vector<torch::Tensor> &secondMoments() { return m_second; }

private:
    std::vector<torch::Tensor> m_parameters;
    std::vector<torch::Tensor> m_first;
    std::vector<torch::Tensor> m_second;
    double m_weightDecay;
};

} // namespace core
