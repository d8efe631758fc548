// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <span>

namespace core
{

enum class SetOperation {
    Union,               ///< on in either
    Intersection,        ///< on in both
    Difference,          ///< on in the first, off in the second
    SymmetricDifference, ///< on in one of them alone
};

/// Throws Error(BadDataset) when two masks that are to be combined have different sizes.
void requireSameSize(Size a, Size b);

/// Works on the runs, without decoding. Throws Error(BadDataset) when the sizes differ.
Rle combine(const Rle &a, const Rle &b, SetOperation operation);

/// Combines one after the other, from the first on. `masks` must not be empty.
Rle merge(std::span<const Rle> masks, SetOperation operation);

/// The same pixels in the only form that encode() makes: no empty run but the first. Other
/// programs' files may hold such runs, on which some readers measure wrong boxes.
Rle withoutEmptyRuns(Rle rle);

} // namespace core
