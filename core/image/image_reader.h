// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/image.h"

#include <filesystem>
#include <functional>
#include <string>

namespace core
{

/// Pictures of more pixels than this are refused before anything is decoded (1.5 GB of RGB).
inline constexpr long long maxImagePixels = 500'000'000;
inline constexpr int maxImageSide = 1'000'000;

/// Told one sentence that names the file, when a picture could be read but not trusted.
using ImageDoubt = std::function<void(const std::string &sentence)>;

/// Reads JPEG, PNG, TIFF (first page), WebP, BMP and PBM/PGM/PPM, told apart by content. The answer
/// is always upright 8-bit RGB:
/// - EXIF's and TIFF's orientation is applied here and nowhere else;
/// - grey becomes three equal channels; palettes and CMYK (Adobe's inverted values, without colour
/// profile)
///   become RGB;
/// - alpha is dropped, not blended: these are the pixels that training pipelines read from the same
/// file;
/// - more than 8 bits: see to_eight_bit.h.
///
/// Throws Error(FileNotFound, FileUnreadable, BadImage, OutOfMemory). A picture whose data break
/// off is a BadImage: masks must not be drawn on pixels that are not there. A JPEG with damage in
/// the middle is read as far as it goes, and `doubt` is told.
Image readImage(const std::filesystem::path &file, const ImageDoubt &doubt = {});

/// Size of the upright picture, read from the file's header alone. Same errors.
Size readImageSize(const std::filesystem::path &file);

/// The picture shrunk so that its longer side is at most `longerSide` pixels (never enlarged), for
/// lists. JPEGs are decoded at a fraction of their size, which is several times faster than
/// readImage.
Image readThumbnail(const std::filesystem::path &file, int longerSide);

} // namespace core
