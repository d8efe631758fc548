// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace core
{

/// "[3, 64, 64]", for error messages.
std::string shapeText(std::span<const std::int64_t> shape);

} // namespace core
