// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace core
{

/// So many runs ahead of those that are read the memory is asked for: long lists lie in no cache,
/// and the processor looks ahead by itself only to the end of a page.
inline constexpr std::size_t runsAhead = 1024;

/// Runs that are fetched together.
inline constexpr std::size_t runsOfLine = 16;

/// Asks for the memory of the runs that lie runsAhead behind `run`, which may be none. Into the
/// second cache: asking for more at once than the first one takes in would keep the reader waiting.
inline void lookAhead([[maybe_unused]] const std::uint32_t *run)
{
#ifdef __GNUC__
    const auto place = reinterpret_cast<std::uintptr_t>(run) + runsAhead * sizeof *run;
    __builtin_prefetch(reinterpret_cast<const void *>(place), 0, 2);
#endif
}

/// Asks for the first runs, behind which lookAhead() goes on.
inline void lookAtFirst([[maybe_unused]] std::span<const std::uint32_t> runs)
{
#ifdef __GNUC__
    for (std::size_t i = 0; i < std::min(runs.size(), runsAhead); i += runsOfLine)
        __builtin_prefetch(&runs[i], 0, 2);
#endif
}

} // namespace core
