// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"
#include "core/mask/run_lengths.h"

namespace core
{

/// COCO run lengths: the pixels column by column, the first run counts zeros (and may be 0 long).
/// Invariant: the counts add up to width x height. This is the form in which masks are stored.
/// What this program makes has no empty run but the first; files may hold such runs, and every
/// function here takes them.
struct Rle {
    Size size;
    RunLengths counts;
    bool operator==(const Rle &) const = default;
};

/// The most pixels a mask may have, which is also the largest picture OpenCV reads. A file that
/// claims more is refused before anything of that size is allocated.
inline constexpr long long maxMaskPixels = 1LL << 30;

Rle encode(const Mask &mask);

/// Throws Error(BadDataset) as validate() does.
Mask decode(const Rle &rle);

/// Throws Error(BadDataset) unless the size is between 1 x 1 and maxMaskPixels and the counts add
/// up to it. Everything that takes an Rle from a file calls this once; the other functions rely on
/// it.
void validate(const Rle &rle);

/// The part of validate() that looks at the size alone.
void validateMaskSize(Size size);

} // namespace core
