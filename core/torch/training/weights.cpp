// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/weights.h"

#include <algorithm>

namespace core
{
namespace
{

void copyAll(const std::vector<torch::Tensor> &to, const std::vector<torch::Tensor> &from)
{
    for (std::size_t i = 0; i < to.size(); ++i)
        to[i].copy_(from[i]);
}

} // namespace

void copyWeights(compact::CompactModel &target, const compact::CompactModel &source)
{
    const torch::NoGradGuard noGrad;
    copyAll(target->parameters(), source->parameters());
    copyAll(target->buffers(), source->buffers());
}

void moveAverage(compact::CompactModel &average, const compact::CompactModel &weights,
                 std::int64_t step)
{
    const torch::NoGradGuard noGrad;
    const double decay = std::min(0.998, double(1 + step) / double(10 + step));
    const auto to = average->parameters(), from = weights->parameters();
    for (std::size_t i = 0; i < to.size(); ++i)
        to[i].lerp_(from[i], 1 - decay);
    copyAll(average->buffers(), weights->buffers());
}

} // namespace core
