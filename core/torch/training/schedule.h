// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/training/training_options.h"

namespace core
{

constexpr double finalLearningRateShare = 0.02;
constexpr std::int64_t warmUpSteps = 100;

/// Warm-up over the first steps, then a cosine over `progress` (0 to 1 of the whole training) down
/// to 2%.
double learningRateAt(const TrainingOptions &options, std::int64_t step, double progress);

/// Side of the training crops at that progress.
int sideAt(const TrainingOptions &options, double progress);

/// How many scenes may be drawn from at a step: few at first, so that rendering keeps pace.
std::uint64_t scenesAt(const TrainingOptions &options, std::int64_t step);

} // namespace core
