// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/sam_config.h"

namespace core::sam
{

using TensorShapes = std::map<std::string, std::vector<std::int64_t>>;

/// Every tensor a SAM of these sizes consists of, by its official name.
TensorShapes samTensorShapes(const SamConfig &config);

/// Those of prompt encoder and mask decoder, which all of SAM's family have in common.
TensorShapes promptPartShapes(const SamConfig &config);

/// Seeded random weights, small enough that activations stay finite; for timing without a
/// checkpoint.
StateDict randomTensors(const TensorShapes &shapes);
StateDict randomSamTensors(const SamConfig &config);

} // namespace core::sam
