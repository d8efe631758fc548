// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace core
{

/// Fills `into` from `offset` on; false when the file ends before.
using ReadAt = std::function<bool(std::uint64_t offset, std::span<std::uint8_t> into)>;

/// What the first directory of a TIFF structure says. EXIF blocks are such structures too.
struct TiffTags {
    Size size;           ///< {0, 0} where it is not told, as in EXIF
    int orientation = 1; ///< 1..8 as TIFF and EXIF number them
    /// Where the orientation's 16-bit value lies, counted like ReadAt's offsets; 0 when it is not
    /// told.
    std::uint64_t orientationAt = 0;
    bool bigEndian = false;
};

/// Reads TIFF and BigTIFF of both byte orders, starting at `base`. Nothing when it is neither or
/// breaks off.
std::optional<TiffTags> readTiffTags(const ReadAt &readAt, std::uint64_t base);

} // namespace core
