// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/compact_model.h"
#include "core/torch/training/training_options.h"
#include "core/training/scene_source.h"

#include <string>

namespace core
{

/// Measures the model on scenes it never learns from, with the simulated annotator: one line of
/// text.
std::string measureHeldOut(const compact::CompactModel &model, const SceneSource &scenes,
                           const TrainingOptions &options);

} // namespace core
