// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/checkpoint/state_dict.h"

#include <memory>

namespace core
{

/// readSafetensors for bytes that `owner` keeps alive: the tensors hold on to it.
StateDict readSafetensors(std::span<const std::byte> bytes, const std::string &name,
                          std::shared_ptr<const void> owner,
                          std::map<std::string, std::string> *metadata);

/// Whether the bytes begin as a .safetensors file does: a plausible header length, then an opening
/// brace.
bool looksLikeSafetensors(std::span<const std::byte> bytes);

} // namespace core
