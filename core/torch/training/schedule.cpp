// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace core
{

double learningRateAt(const TrainingOptions &options, std::int64_t step, double progress)
{
    const double warmUp = std::min(1.0, double(step + 1) / warmUpSteps);
    const double cosine = 0.5 * (1 + std::cos(std::numbers::pi * std::clamp(progress, 0.0, 1.0)));
    return options.learningRate * warmUp *
           (finalLearningRateShare + (1 - finalLearningRateShare) * cosine);
}

int sideAt(const TrainingOptions &options, double progress)
{
    return progress < 1 - options.finalShare ? options.side : options.finalSide;
}

std::uint64_t scenesAt(const TrainingOptions &options, std::int64_t step)
{
    constexpr std::uint64_t atStart = 256;
    const auto joined = std::uint64_t(double(step) * options.images / options.reuse);
    return std::clamp<std::uint64_t>(atStart + joined, 1,
                                     std::max<std::uint64_t>(1, options.scenes));
}

} // namespace core
