// SPDX-License-Identifier: Apache-2.0
#include "export/maps/png_chunks.h"

#include <QString>

#include <algorithm>
#include <array>
#include <climits>

namespace exporters
{
namespace
{

using Bytes = std::span<const std::uint8_t>;

constexpr std::string_view signature = "\x89PNG\r\n\x1a\n";
constexpr std::size_t headerEnd = 8 + 12 + 13; // signature and IHDR
/// Keyword, not compressed, no language, no translated keyword.
constexpr std::string_view pictureKey{"Picture\0\0\0\0\0", 12};

std::uint32_t number(Bytes bytes, std::size_t at)
{
    return std::uint32_t(bytes[at]) << 24 | std::uint32_t(bytes[at + 1]) << 16 |
           std::uint32_t(bytes[at + 2]) << 8 | bytes[at + 3];
}

std::string_view text(Bytes bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

std::uint32_t checksum(std::string_view bytes)
{
    static const auto table = [] {
        std::array<std::uint32_t, 256> all{};
        for (std::uint32_t i = 0; i < 256; ++i) {
            all[i] = i;
            for (int bit = 0; bit < 8; ++bit)
                all[i] = (all[i] & 1) != 0 ? 0xedb88320u ^ (all[i] >> 1) : all[i] >> 1;
        }
        return all;
    }();
    std::uint32_t sum = 0xffffffffu;
    for (const char byte : bytes)
        sum = table[(sum ^ static_cast<std::uint8_t>(byte)) & 0xff] ^ (sum >> 8);
    return sum ^ 0xffffffffu;
}

void append(std::string &bytes, std::uint32_t value)
{
    for (const int shift : {24, 16, 8, 0})
        bytes += static_cast<char>(value >> shift & 0xff);
}

std::string chunk(std::string_view name, std::string_view content)
{
    std::string bytes;
    append(bytes, static_cast<std::uint32_t>(content.size()));
    bytes.append(name).append(content);
    append(bytes, checksum(std::string_view(bytes).substr(4)));
    return bytes;
}

void addHeader(PngChunks &chunks, Bytes content)
{
    const auto side = [&](std::size_t at) {
        return static_cast<int>(std::min<std::uint32_t>(number(content, at), INT_MAX));
    };
    chunks.size = {side(0), side(4)};
    chunks.bitDepth = content[8];
    chunks.color = static_cast<PngChunks::Color>(content[9]);
    chunks.interlace = content[12];
}

} // namespace

std::size_t PngChunks::dataBytes() const
{
    std::size_t all = 0;
    for (const auto &part : data)
        all += part.size();
    return all;
}

std::optional<PngChunks> readPngChunks(Bytes file)
{
    if (file.size() < headerEnd || text(file.first(8)) != signature ||
        text(file.subspan(8, 8)) != std::string_view("\0\0\0\x0dIHDR", 8))
        return {};
    PngChunks chunks;
    for (std::size_t at = 8; at + 12 <= file.size();) {
        const std::uint32_t length = number(file, at);
        if (length > file.size() - at - 12)
            return {};
        const std::string_view name = text(file.subspan(at + 4, 4));
        const Bytes content = file.subspan(at + 8, length);
        const bool isNeeded = at == 8 || name == "PLTE" || name == "IDAT";
        if (isNeeded && checksum(text(file.subspan(at + 4, std::size_t{4} + length))) !=
                            number(file, at + 8 + length))
            return {};
        if (at == 8) {
            addHeader(chunks, content);
        } else if (name == "IDAT") {
            chunks.data.push_back(content);
        } else if (name == "PLTE") {
            chunks.palette.clear();
            for (std::size_t i = 0; i + 3 <= length && chunks.palette.size() < 256; i += 3)
                chunks.palette.push_back(core::Color(content[i]) << 16 |
                                         core::Color(content[i + 1]) << 8 | content[i + 2]);
        } else if (name == "iTXt" && text(content).starts_with(pictureKey)) {
            const std::string_view picture = text(content).substr(pictureKey.size());
            if (QUtf8StringView(picture.data(), qsizetype(picture.size())).isValidUtf8())
                chunks.pictureName = picture;
        } else if (name == "IEND") {
            return chunks.data.empty() ? std::nullopt : std::optional(std::move(chunks));
        }
        at += std::size_t{12} + length;
    }
    return {};
}

QByteArray plainPng(const PngChunks &chunks)
{
    const auto color =
        chunks.color == PngChunks::Color::Palette ? PngChunks::Color::Grey : chunks.color;
    std::string header;
    append(header, static_cast<std::uint32_t>(chunks.size.width));
    append(header, static_cast<std::uint32_t>(chunks.size.height));
    header += {static_cast<char>(chunks.bitDepth), static_cast<char>(color), 0, 0,
               static_cast<char>(chunks.interlace)};
    std::string start(signature);
    start += chunk("IHDR", header);

    QByteArray png;
    png.reserve(static_cast<qsizetype>(chunks.dataBytes() + 12 * chunks.data.size() + 64));
    png.append(start.data(), static_cast<qsizetype>(start.size()));
    for (const Bytes &part : chunks.data) {
        // The chunk's own length and checksum stand around the view: damage is still found.
        png.append(reinterpret_cast<const char *>(part.data() - 8),
                   static_cast<qsizetype>(part.size() + 12));
    }
    const std::string end = chunk("IEND", {});
    png.append(end.data(), static_cast<qsizetype>(end.size()));
    return png;
}

void addPictureName(QByteArray &png, std::string_view name)
{
    const std::string note = chunk("iTXt", std::string(pictureKey).append(name));
    png.insert(static_cast<qsizetype>(headerEnd), note.data(), static_cast<qsizetype>(note.size()));
}

} // namespace exporters
