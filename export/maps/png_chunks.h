// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <QByteArray>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace exporters
{

/// What a PNG's chunks say, the pixels still packed.
struct PngChunks {
    enum class Color : std::uint8_t { Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, Rgba = 6 };

    core::Size size;
    int bitDepth = 0;
    Color color = Color::Grey;
    std::uint8_t interlace = 0;
    std::vector<core::Color> palette;
    std::string pictureName;                         ///< of addPictureName(); empty: none
    std::vector<std::span<const std::uint8_t>> data; ///< the IDAT chunks, views of the file

    std::size_t dataBytes() const;
};

/// Nothing for what is no PNG, breaks off, or has no pixels. The views last as long as `file`.
std::optional<PngChunks> readPngChunks(std::span<const std::uint8_t> file);

/// A PNG with the same packed pixels and nothing that could change their meaning: no gamma, colour
/// profile, transparent colour or turn. An indexed picture becomes a grey one whose shades are the
/// indices, which decoders hand out as they are.
QByteArray plainPng(const PngChunks &chunks);

/// Puts the name of the picture that a map belongs to into the map's own file, as text that other
/// programs pass over.
void addPictureName(QByteArray &png, std::string_view name);

} // namespace exporters
