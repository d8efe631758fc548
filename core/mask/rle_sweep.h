// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <algorithm>

namespace core
{

/// Throws Error(BadDataset) when two masks that are to be combined have different sizes.
void requireSameSize(const Rle &a, const Rle &b);

/// Goes along two masks of one size at once and calls visit(length, aIsOn, bIsOn) for each stretch
/// in which neither changes. The work is in the number of runs, not of pixels.
template <typename Visit>
void sweep(const Rle &a, const Rle &b, Visit visit)
{
    std::size_t nextA = 0, nextB = 0;
    std::uint32_t leftA = 0, leftB = 0;
    while (true) {
        while (leftA == 0 && nextA < a.counts.size())
            leftA = a.counts[nextA++];
        while (leftB == 0 && nextB < b.counts.size())
            leftB = b.counts[nextB++];
        const std::uint32_t length = std::min(leftA, leftB);
        if (length == 0)
            return;
        visit(length, nextA % 2 == 0, nextB % 2 == 0); // the run with the odd index is on
        leftA -= length;
        leftB -= length;
    }
}

} // namespace core
