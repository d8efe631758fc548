// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <cstdint>
#include <span>

namespace exporters
{

/// The mask that a Label Studio brush region holds: the pixels whose alpha is above 0.
///
/// The bytes are one row of bits, the highest first:
/// - 32 bits: how many values follow, 4 a pixel (red, green, blue, alpha), row by row;
/// - 5 bits: the bits of a value, less 1;
/// - four times 4 bits: how many bits a length may have, less 1;
/// - blocks until all values are there: 1 bit (a run of one value, or values one by one), 2 bits
///   (which of the four sizes the length has), the length less 1, then one value or that many.
///
/// Never reads behind the bytes and takes no memory by what they claim: the count must be that of a
/// picture of `size`, which must be one of a picture (validateMaskSize).
/// Throws core::Error(BadDataset) for another count, and blocks that break off or go beyond it.
core::Rle fromLabelStudioRle(std::span<const std::uint8_t> bytes, core::Size size);

} // namespace exporters
