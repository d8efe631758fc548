// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/run_sums.h"

#include <array>
#include <cstddef>
#include <span>

namespace core
{

/// A way along two lists of spans at once, step by step, until one of them ends. A step looks at
/// one span of each list and leaves the one that ends first behind. It has to wait for the step
/// before, so the way is cut into parts of equally many steps, the last one with a few more, that
/// do not wait for each other. Where it is short, the last part is all of it.
struct SpanWalk {
    SpanWalk(std::span<const PixelSpan> listA, std::span<const PixelSpan> listB);

    static constexpr std::size_t parts = 4;
    std::array<std::size_t, parts> beginA = {}, beginB = {}; ///< where each part begins
    std::size_t steps = 0;                                   ///< of each part
    std::size_t more = 0;                                    ///< of the last one
    std::size_t endA = 0, endB = 0;

    std::size_t allSteps() const { return endA + endB; }
};

/// Writes what lies in both lists, as far as the way leads: a begin, its end, the next begin and so
/// on. `places` must have room for two a step. Returns the place behind the last one.
std::uint32_t *writeOverlaps(std::span<const PixelSpan> listA, std::span<const PixelSpan> listB,
                             const SpanWalk &way, std::uint32_t *places);

/// How many pixels lie in both lists, as far as the way leads; below 2^31.
std::uint32_t countOverlap(std::span<const PixelSpan> listA, std::span<const PixelSpan> listB,
                           const SpanWalk &way);

} // namespace core
