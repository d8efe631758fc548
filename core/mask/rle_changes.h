// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <span>
#include <utility>
#include <vector>

namespace core
{

/// Run lengths from the places where they begin: column-major numbers, ascending, of the pixels
/// that differ from the one before; before the first pixel lies one that is off.
inline Rle rleFromChanges(std::span<const std::uint32_t> changes, Size size)
{
    std::vector<std::uint32_t> counts;
    counts.reserve(changes.size() + 1);
    std::uint32_t last = 0;
    for (const std::uint32_t change : changes) {
        counts.push_back(change - last);
        last = change;
    }
    counts.push_back(static_cast<std::uint32_t>(size.area()) - last);
    return {size, std::move(counts)};
}

} // namespace core
