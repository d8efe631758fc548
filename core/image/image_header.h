// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/tiff_tags.h"

#include <optional>
#include <span>

namespace core
{

enum class ImageFormat { Jpeg, Png, Tiff, WebP, Bmp, Pnm };

/// What a picture's file says before a pixel is decoded.
struct ImageHeader {
    ImageFormat format = ImageFormat::Jpeg;
    Size stored;         ///< as the pixels lie in the file
    int orientation = 1; ///< EXIF's 1..8: how they must be turned to stand upright

    /// After turning upright: 5..8 swap the sides.
    Size upright() const { return orientation >= 5 ? Size{stored.height, stored.width} : stored; }
};

/// Whether the data break off before the format's own end mark. Told for JPEG, PNG and WebP, whose
/// decoders would fill the rest with grey or complain on stderr; the others' decoders fail by
/// themselves.
bool isCutShort(ImageFormat format, std::span<const std::uint8_t> file);

/// The format is told by content, never by the file's name. Nothing when it is none of the above or
/// the header is damaged.
std::optional<ImageHeader> readImageHeader(const ReadAt &readAt);

} // namespace core
