// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/host_device.h"

#include <cstddef>
#include <cstdint>

namespace core::cuda
{

/// A mask as one bit a pixel, column by column: each column begins a word of its own, its top pixel
/// is the lowest bit, bits below the picture are 0.
struct ColumnWords {
    int width, height;

    MASKWRIGHT_HOST_DEVICE int perColumn() const { return (height + 31) / 32; }
    MASKWRIGHT_HOST_DEVICE int count() const { return width * perColumn(); }
};

/// The pixels of word `index` that differ from the one before them in column-major order; before
/// the first pixel of all lies a 0.
MASKWRIGHT_HOST_DEVICE inline std::uint32_t changesIn(const std::uint32_t *words,
                                                      const ColumnWords &layout, int index)
{
    const int perColumn = layout.perColumn();
    const int word = index % perColumn;
    const int pixels = layout.height - word * 32;
    const std::uint32_t inside = pixels >= 32 ? ~0u : (1u << pixels) - 1;
    std::uint32_t before = 0;
    if (word > 0)
        before = words[index - 1] >> 31;
    else if (index > 0)
        before = words[index - 1] >> ((layout.height - 1) % 32);
    return (words[index] ^ (words[index] << 1 | (before & 1))) & inside;
}

/// Column-major number of the pixel that is the lowest bit of word `index`.
MASKWRIGHT_HOST_DEVICE inline std::uint32_t firstPixel(const ColumnWords &layout, int index)
{
    const int perColumn = layout.perColumn();
    return static_cast<std::uint32_t>(index / perColumn) *
               static_cast<std::uint32_t>(layout.height) +
           static_cast<std::uint32_t>(index % perColumn) * 32;
}

} // namespace core::cuda
