// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/weights.h"

#include <algorithm>
#include <cassert>

namespace core
{
namespace
{

/// Parameters and buffers.
std::vector<torch::Tensor> allTensors(const compact::CompactModel &model)
{
    std::vector<torch::Tensor> tensors = model->parameters();
    const std::vector<torch::Tensor> buffers = model->buffers();
    tensors.insert(tensors.end(), buffers.begin(), buffers.end());
    return tensors;
}

} // namespace

void copyWeights(compact::CompactModel &target, const compact::CompactModel &source)
{
    const torch::NoGradGuard noGrad;
    const std::vector<torch::Tensor> to = allTensors(target), from = allTensors(source);
    for (std::size_t i = 0; i < to.size(); ++i)
        to[i].copy_(from[i]);
}

bool haveSameLayers(const compact::CompactModel &a, const compact::CompactModel &b)
{
    const std::vector<torch::Tensor> left = allTensors(a), right = allTensors(b);
    return std::equal(
        left.begin(), left.end(), right.begin(), right.end(),
        [](const torch::Tensor &x, const torch::Tensor &y) { return x.sizes() == y.sizes(); });
}

void mixWeights(compact::CompactModel &model, const compact::CompactModel &other, double share)
{
    assert(haveSameLayers(model, other));
    const torch::NoGradGuard noGrad;
    const std::vector<torch::Tensor> to = allTensors(model), from = allTensors(other);
    for (std::size_t i = 0; i < to.size(); ++i)
        if (to[i].is_floating_point())
            to[i].lerp_(from[i], share);
}

void moveAverage(FlatWeights &average, const FlatWeights &weights, std::int64_t step)
{
    const torch::NoGradGuard noGrad;
    const double decay = std::min(0.998, double(1 + step) / double(10 + step));
    average.values.lerp_(weights.values, 1 - decay);
    average.statistics.copy_(weights.statistics);
}

} // namespace core
