// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/checkpoint/state_dict.h"

namespace core
{

/// 32 hex digits that are equal for equal names, types, shapes and bits; a cache key, no protection
/// against forgery. Runs at the speed of the memory.
std::string weightsDigest(const StateDict &tensors);

} // namespace core
