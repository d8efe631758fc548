// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/training/training_checkpoint.h"
#include "core/torch/training/training_options.h"
#include "core/training/scene_source.h"

#include <string>

namespace core
{

/// Measures the running average on scenes it never learns from, with the simulated annotator and on
/// the CPU: one line of text.
std::string measureHeldOut(const TrainingState &state, const SceneSource &scenes,
                           const TrainingOptions &options);

} // namespace core
