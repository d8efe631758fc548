// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/checkpoint/state_dict.h"
#include "core/torch/compact/compact_model.h"

#include <filesystem>

namespace core::compact
{

/// The model as the program ships it: matrices in fp16, vectors (norm statistics among them) in
/// fp32.
void saveCompactModel(const std::filesystem::path &file, const CompactModel &model);

/// Whether the tensors are a compact model's, by their names.
bool isCompactModel(const StateDict &tensors);

/// `name` is for error messages. Throws Error(BadCheckpoint) that names the first tensor that is
/// wrong.
CompactModel compactModelFrom(const StateDict &tensors, const std::string &name);

} // namespace core::compact
