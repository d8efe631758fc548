// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <optional>
#include <string>
#include <string_view>

namespace core
{

/// The format's names of the element types that every LibTorch from 1.13 on can hold.
std::optional<torch::ScalarType> scalarTypeOf(std::string_view safetensorsName);

/// The reverse; throws Error(BadCheckpoint) for a type the format cannot hold (complex, quantised).
std::string safetensorsName(torch::ScalarType type);

} // namespace core
