// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"

#include <cstdint>
#include <vector>

namespace core
{

/// COCO run lengths: the pixels column by column, the first run counts zeros (and may be 0 long).
/// Invariant: the counts add up to width x height. This is the form in which masks are stored.
struct Rle {
    Size size;
    std::vector<std::uint32_t> counts;
    bool operator==(const Rle &) const = default;
};

Rle encode(const Mask &mask);

/// Throws Error(BadDataset) when the counts do not add up to the size.
Mask decode(const Rle &rle);

} // namespace core
