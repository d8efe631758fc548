// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace core
{

/// The files of a folder whose extension is one of the formats readImage knows, in natural order of
/// their paths (img2 before img10). Nothing is opened. Names that begin with a dot are left out; so
/// are subfolders that may not be read. With `recursive`, links to folders are followed, each
/// folder being visited once. Throws Error(FileNotFound, FileUnreadable).
std::vector<std::filesystem::path> listImages(const std::filesystem::path &directory,
                                              bool recursive = false);

/// Whether the extension is one of a picture, in any case: .jpg .jpeg .jpe .png .tif .tiff .webp
/// .bmp .dib .ppm .pgm .pbm .pnm
bool hasImageExtension(const std::filesystem::path &file);

/// Digits compare by their value, letters without regard to (ASCII) case; ties are broken by bytes.
bool naturalLess(std::string_view a, std::string_view b);

} // namespace core
