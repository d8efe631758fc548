// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace fuzz
{

/// Puts the right checksum behind each chunk of the PNGs that lie in `bytes`, as far as their
/// chunks follow on each other. Without it nearly every change to one would end at the checksum.
void mendPngChecksums(std::span<std::uint8_t> bytes);

} // namespace fuzz
