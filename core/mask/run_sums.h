// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace core
{

/// Pixels `begin` to before `end`, counted down the columns.
struct PixelSpan {
    std::uint32_t begin;
    std::uint32_t end;
};

/// The sum of every second count, from the second one on, of counts that add up to less than 2^32.
std::uint32_t sumOfEverySecond(std::span<const std::uint32_t> counts);

/// Writes the pixels of every second count, from the first one on, of an even number of counts, of
/// which the first begins at `place`. Returns where the last one ends.
std::uint32_t writeSpans(std::span<const std::uint32_t> counts, std::uint32_t place,
                         PixelSpan *spans);

} // namespace core
