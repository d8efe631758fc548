// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/compact_model.h"
#include "core/torch/training/adam_w.h"

#include <filesystem>

namespace core
{

/// All that a training goes on from.
struct TrainingState {
    TrainingState(const compact::CompactConfig &config, double weightDecay, torch::Device device);

    compact::CompactConfig config;
    compact::CompactModel model;
    compact::CompactModel average;
    FlatWeights weights;        ///< of `model`
    FlatWeights averageWeights; ///< of `average`
    AdamW optimizer;
    std::int64_t step = 0;
    double seconds = 0; ///< time trained so far
};

/// Written whole or not at all, as .safetensors.
void saveTraining(const std::filesystem::path &file, TrainingState &state);
/// Throws core::Error(BadCheckpoint) when the file belongs to another architecture.
void loadTraining(const std::filesystem::path &file, TrainingState &state);

/// Begins a training with the weights of a finished model, its norm statistics included.
/// Throws core::Error(BadCheckpoint) when the file is no model of this shape.
void startFrom(const std::filesystem::path &model, TrainingState &state);

} // namespace core
