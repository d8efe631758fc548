// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace core
{

/// Pixels `begin` to before `end`, counted down the columns.
struct PixelSpan {
    std::uint32_t begin;
    std::uint32_t end;
};

/// The highest bit is on for 0 alone, whatever the others are; for `run` below 2^31. Taking 1 away
/// switches it on.
constexpr std::uint32_t highestBitIfZero(std::uint32_t run)
{
    return (run - 1) & ~run;
}

/// The sum of every second count, from the second one on, modulo 2^32.
std::uint32_t sumOfEverySecond(std::span<const std::uint32_t> counts);

/// Skips whole groups of 16 runs, of which the first begins at `place`, while the group ends at
/// `limit` or before. Returns how many runs were skipped and moves `place` behind them. `place` and
/// the counts add up to less than 2^32.
std::size_t skipRuns(std::span<const std::uint32_t> counts, std::uint32_t limit,
                     std::uint32_t &place);

/// Copies `counts` to `copy`, which must not overlap with them. Returns whether one of them is 0.
bool copyRuns(std::span<const std::uint32_t> counts, std::uint32_t *copy);

/// Writes the pixels of every second count, from the first one on, of an even number of counts, of
/// which the first begins at `place`. Returns where the last one ends.
std::uint32_t writeSpans(std::span<const std::uint32_t> counts, std::uint32_t place,
                         PixelSpan *spans);

/// Writes how far each of the ascending places lies behind the one before, from the second one on.
/// Returns whether two are the same.
bool writeDistances(std::span<const std::uint32_t> places, std::uint32_t *distances);

} // namespace core
