// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/training/training_options.h"
#include "core/training/scene_source.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace core
{

struct TrainingFiles {
    std::filesystem::path
        checkpoint; ///< written every few minutes; training goes on from it if it is there
    std::filesystem::path
        model; ///< the averaged weights as the program reads them, fp16 .safetensors
    std::filesystem::path begin; ///< a model to begin with instead of random weights; may be empty
};

/// Trains the compact model:
///
///     train(scenes, heldOutScenes, options, {"train.ckpt", "model.safetensors"}, print);
///
/// `report` gets one line of text now and then. Stops early when asked to, leaving a checkpoint:
/// false. Throws core::Error.
bool train(const SceneSource &scenes, const SceneSource &heldOut, const TrainingOptions &options,
           const TrainingFiles &files, const std::function<void(const std::string &)> &report,
           std::stop_token stop = {});

} // namespace core
