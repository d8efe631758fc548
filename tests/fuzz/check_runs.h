// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace fuzz
{

/// Makes masks of run lengths from bytes (masks_from_bytes.h) and compares what core/mask finds
/// out about the runs with the same told from their pixels, one by one.
///
/// Throws std::logic_error where they differ; what else goes wrong the sanitizers tell.
void checkRuns(std::span<const std::uint8_t> bytes);

} // namespace fuzz
