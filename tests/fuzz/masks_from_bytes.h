// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <cstdint>
#include <span>
#include <vector>

namespace fuzz
{

/// Masks of one size as a file may have them, with empty runs anywhere, and two numbers for the
/// questions they are asked.
struct MaskSample {
    std::vector<core::Rle> masks; ///< one to four
    std::vector<core::Mask> pixels;
    std::int64_t fewPixels = 0; ///< 0 to 255: below that, parts and holes are small
    std::uint8_t choice = 0;
    std::span<const std::uint8_t> text; ///< the bytes of all runs
};

/// The bytes: width and height (of 2^14 pixels at most, height up to 1024), how many masks,
/// fewPixels, choice; what follows is cut into equal pieces. A piece's first byte says whether its
/// runs begin anew until the mask is full, so that few bytes make many runs; each byte more is a
/// run, the highest ones long. Bytes that are missing count as 0.
MaskSample masksFromBytes(std::span<const std::uint8_t> bytes);

} // namespace fuzz
