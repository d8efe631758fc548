// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/checkpoint/state_dict.h"

#include <cstdint>
#include <vector>

namespace core
{

/// Refuses a checkpoint whose tensors are not exactly the expected ones: names up to five that are
/// missing, of another shape (expected and found), or not expected. Throws Error(BadCheckpoint).
void checkTensors(const StateDict &tensors,
                  const std::map<std::string, std::vector<std::int64_t>> &expected,
                  const std::string &checkpointName, const std::string &architecture);

/// Throws Error(BadCheckpoint) naming the first tensor that holds a NaN or an infinity.
void refuseNonFinite(const StateDict &tensors, const std::string &checkpointName);

/// Strips what precedes `anchor` in the names ("module." of distributed training, a wrapper's
/// "model.") from every name that has it; unchanged when the anchor is there as it is or not at
/// all.
StateDict withoutPrefix(StateDict tensors, const std::string &anchor);

} // namespace core
