// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace core
{

/// Number of elements, or nothing when a side is negative, there are more than 16 axes, or the
/// product exceeds what a file could hold (2^48).
std::optional<std::int64_t> elementCount(std::span<const std::int64_t> shape);

/// A tensor over `bytes`, in the machine's (little-endian) order. Borrows them and keeps `owner`
/// alive; copies them when they are not aligned for their type. `bytes` must hold exactly the
/// shape's elements.
torch::Tensor tensorOver(std::span<const std::byte> bytes, torch::ScalarType type,
                         const std::vector<std::int64_t> &shape,
                         const std::shared_ptr<const void> &owner);

} // namespace core
