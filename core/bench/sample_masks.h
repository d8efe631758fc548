// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <cstddef>
#include <cstdint>
#include <random>

namespace core
{

enum class MaskKind {
    Smooth, ///< one round blob
    Ragged, ///< a blob with a frayed outline and holes, and crumbs
    Noise,  ///< every pixel by chance
};

/// The same from the same `random`. Radii lie between a twentieth and two fifths of the shorter
/// side.
Rle sampleMask(MaskKind kind, Size size, std::mt19937 &random);

/// Rows become columns.
void transpose(const std::uint8_t *from, std::uint8_t *to, std::size_t width, std::size_t height);

} // namespace core
