// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace core
{

/// Shrinks a photo to at most 1024 pixels and writes it as JPEG. False when it is of no use:
/// unreadable, smaller than 200 pixels, nearly one colour, or cut out (an alpha channel).
bool preparePhoto(const std::filesystem::path &from, const std::filesystem::path &to);

/// Crops a drawing to what is not transparent, shrinks it to at most 320 pixels and writes it as
/// PNG. False when it is no good as an object: no transparency, a mere outline, many scraps, a
/// letter or sheet of one colour.
bool prepareStamp(const std::filesystem::path &from, const std::filesystem::path &to);

/// The same for photographed and rendered things: limbs may be thin and colours few.
bool prepareCutout(const std::filesystem::path &from, const std::filesystem::path &to);

/// Separates the one subject of a photo that preparePhoto wrote from what surrounds it (GrabCut
/// started from the photo's rim) and writes its mask as PNG of the same size. Only some photos
/// allow that: look at the result. False when nothing sensible is left.
bool prepareMask(const std::filesystem::path &from, const std::filesystem::path &to);

} // namespace core
