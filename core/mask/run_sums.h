// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace core
{

/// The sum of every second count, from the second one on, of counts that add up to less than 2^32.
std::uint32_t sumOfEverySecond(std::span<const std::uint32_t> counts);

} // namespace core
