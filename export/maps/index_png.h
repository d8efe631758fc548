// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "export/maps/index_map.h"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace exporters
{

/// A PNG whose pixels are numbers, as they stand in the file: nothing is scaled, no gamma, colour
/// profile, transparency or EXIF turn is looked at.
struct IndexPng {
    /// Indexed: the index, whether the palette has it or not. Grey of 1 to 16 bits: the shade. RGB
    /// and RGBA of 8 bits: red + 256 green + 65536 blue.
    IndexMap map;
    bool isColor = false;             ///< RGB or RGBA
    std::vector<core::Color> palette; ///< of an indexed one
    std::string pictureName;          ///< as writeIndexPng() was given it; from a file: not trusted
};

/// Memory is taken only for a size that the file's bytes can hold.
/// Throws core::Error(FileNotFound, FileUnreadable, OutOfMemory), and BadImage for what is no PNG,
/// is damaged or breaks off, or has pixels of another kind (grey with alpha, RGB of 16 bits).
IndexPng readIndexPng(const std::filesystem::path &file);

enum class IndexDepth {
    Palette, ///< 8-bit indexed; values below the number of colours
    Grey8,   ///< values up to 255
    Grey16,  ///< values up to 65535
    Rgb,     ///< values up to 2^24 - 1: red + 256 green + 65536 blue
};

/// What the values of a color PNG are: 0xRRGGBB becomes red + 256 green + 65536 blue.
std::uint32_t toValue(core::Color color);

/// Values must fit. `palette` is for Palette alone, 256 colours at most. `pictureName`, if any, is
/// kept in the file for readIndexPng(). Errors as writePng() in png_writer.h.
void writeIndexPng(const IndexMap &map, IndexDepth depth, const std::filesystem::path &target,
                   std::span<const core::Color> palette = {}, std::string_view pictureName = {});

} // namespace exporters
