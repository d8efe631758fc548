// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace core
{

/// The .safetensors file in `bytes` with `facts` added to the texts in its header (the object
/// "__metadata__"); the tensors stay as they are. Throws Error(BadCheckpoint) for bytes that are no
/// such file.
std::vector<std::byte> withFacts(std::span<const std::byte> bytes,
                                 const std::map<std::string, std::string> &facts);

} // namespace core
