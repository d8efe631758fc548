// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/weights.h"

#include "core/error.h"

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

void mixWeights(compact::CompactModel &model, const compact::CompactModel &other, double share)
{
    const torch::NoGradGuard noGrad;
    const auto mix = [share](const std::vector<torch::Tensor> &to,
                             const std::vector<torch::Tensor> &from) {
        for (std::size_t i = 0; i < to.size(); ++i) {
            if (to[i].sizes() != from[i].sizes())
                throw Error(ErrorKind::BadCheckpoint,
                            "The two models have layers of different sizes; only models of one "
                            "training can be mixed.");
            if (to[i].is_floating_point())
                to[i].lerp_(from[i], share);
        }
    };
    mix(model->parameters(), other->parameters());
    mix(model->buffers(), other->buffers());
}

void moveAverage(FlatWeights &average, const FlatWeights &weights, std::int64_t step)
{
    const torch::NoGradGuard noGrad;
    const double decay = std::min(0.998, double(1 + step) / double(10 + step));
    average.values.lerp_(weights.values, 1 - decay);
    average.statistics.copy_(weights.statistics);
}

} // namespace core
