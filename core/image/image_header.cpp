// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_header.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <climits>
#include <cstdlib>
#include <string_view>

namespace core
{
namespace
{

template <std::size_t N>
using Bytes = std::array<std::uint8_t, N>;

template <std::size_t N>
bool matches(const Bytes<N> &bytes, std::size_t offset, std::string_view magic)
{
    return std::equal(magic.begin(), magic.end(), bytes.begin() + std::ptrdiff_t(offset),
                      [](char a, std::uint8_t b) { return std::uint8_t(a) == b; });
}

std::uint32_t bigEndian(const std::uint8_t *p, int bytes)
{
    std::uint32_t value = 0;
    for (int i = 0; i < bytes; ++i)
        value = value << 8 | p[i];
    return value;
}

std::uint32_t littleEndian(const std::uint8_t *p, int bytes)
{
    std::uint32_t value = 0;
    for (int i = bytes - 1; i >= 0; --i)
        value = value << 8 | p[i];
    return value;
}

/// Steps from part to part of a file, or bytes looked at one by one: no picture of people has as
/// many before its size, and a second is over then.
constexpr int mostSteps = 1'000'000;

int side(std::uint32_t value)
{
    return int(std::min<std::uint32_t>(value, INT_MAX));
}

int exifOrientation(const ReadAt &readAt, std::uint64_t offset)
{
    const auto tags = readTiffTags(readAt, offset);
    return tags ? tags->orientation : 1; // damaged EXIF does not damage the picture
}

bool isStartOfFrame(int marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

std::optional<ImageHeader> readJpeg(const ReadAt &readAt)
{
    ImageHeader header{ImageFormat::Jpeg, {}, 1};
    Bytes<10> segment;
    // The first one counts. Each may point at a directory of 65535 tags, and a file holds
    // thousands.
    bool hasExif = false;
    std::uint64_t offset = 2;
    for (int step = 0; step < mostSteps; ++step) {
        if (!readAt(offset, std::span(segment).first(4)) || segment[0] != 0xff)
            return {};
        const int marker = segment[1];
        if (marker == 0xff) { // fill byte
            ++offset;
            continue;
        }
        if (isStartOfFrame(marker)) {
            if (!readAt(offset, std::span(segment).first(9)))
                return {};
            header.stored = {int(bigEndian(&segment[7], 2)), int(bigEndian(&segment[5], 2))};
            return header;
        }
        if (marker == 0xda || marker == 0xd9) // pixels or the end before any frame
            return {};
        if (!hasExif && marker == 0xe1 && readAt(offset, segment) && matches(segment, 4, "Exif")) {
            header.orientation = exifOrientation(readAt, offset + 10);
            hasExif = true;
        }
        offset += 2 + bigEndian(&segment[2], 2);
    }
    return {};
}

std::optional<ImageHeader> readPng(const ReadAt &readAt)
{
    Bytes<24> start;
    if (!readAt(0, start) || !matches(start, 12, "IHDR"))
        return {};
    ImageHeader header{ImageFormat::Png, {}, 1};
    header.stored = {side(bigEndian(&start[16], 4)), side(bigEndian(&start[20], 4))};
    Bytes<8> chunk;
    std::uint64_t offset = 8;
    for (int step = 0; step < mostSteps && readAt(offset, chunk);
         ++step, offset += 12ull + bigEndian(&chunk[0], 4)) {
        if (matches(chunk, 4, "eXIf"))
            header.orientation = exifOrientation(readAt, offset + 8);
        if (matches(chunk, 4, "eXIf") || matches(chunk, 4, "IEND"))
            break;
    }
    return header;
}

std::optional<ImageHeader> readWebP(const ReadAt &readAt)
{
    Bytes<30> start;
    if (!readAt(0, start))
        return {};
    ImageHeader header{ImageFormat::WebP, {}, 1};
    if (matches(start, 12, "VP8 ")) {
        header.stored = {int(littleEndian(&start[26], 2) & 0x3fff),
                         int(littleEndian(&start[28], 2) & 0x3fff)};
    } else if (matches(start, 12, "VP8L")) {
        const std::uint32_t sides = littleEndian(&start[21], 4);
        header.stored = {int(sides & 0x3fff) + 1, int(sides >> 14 & 0x3fff) + 1};
    } else if (matches(start, 12, "VP8X")) {
        header.stored = {int(littleEndian(&start[24], 3)) + 1,
                         int(littleEndian(&start[27], 3)) + 1};
        Bytes<14> chunk{};
        std::uint64_t offset = 12;
        for (int step = 0; step < mostSteps && readAt(offset, std::span(chunk).first(8)) &&
                           !matches(chunk, 0, "EXIF");
             ++step)
            offset += 8ull + littleEndian(&chunk[4], 4) + (chunk[4] & 1);
        if (matches(chunk, 0, "EXIF") && readAt(offset, chunk)) {
            // Some writers keep JPEG's prefix before the TIFF structure.
            const int prefix = matches(chunk, 8, std::string_view("Exif\0\0", 6)) ? 6 : 0;
            header.orientation = exifOrientation(readAt, offset + 8 + unsigned(prefix));
        }
    } else {
        return {};
    }
    return header;
}

std::optional<ImageHeader> readBmp(const ReadAt &readAt)
{
    Bytes<26> start;
    if (!readAt(0, start))
        return {};
    ImageHeader header{ImageFormat::Bmp, {}, 1};
    if (littleEndian(&start[14], 4) == 12) { // OS/2
        header.stored = {int(littleEndian(&start[18], 2)), int(littleEndian(&start[20], 2))};
    } else {
        const auto height = std::int64_t(std::int32_t(littleEndian(&start[22], 4)));
        header.stored = {side(littleEndian(&start[18], 4)), side(std::uint32_t(std::abs(height)))};
    }
    return header;
}

/// PBM, PGM, PPM: "P5 width height", blanks and comments between.
std::optional<ImageHeader> readPnm(const ReadAt &readAt)
{
    std::array<std::int64_t, 2> sides{};
    std::uint64_t offset = 2;
    Bytes<1> byte;
    for (std::int64_t &value : sides) {
        int digits = 0;
        bool comment = false;
        for (;; ++offset) {
            if (offset > mostSteps || !readAt(offset, byte))
                return {};
            if (byte[0] == '#')
                comment = true;
            if (comment) {
                comment = byte[0] != '\n';
            } else if (std::isdigit(byte[0])) {
                value = value * 10 + byte[0] - '0';
                if (++digits > 9)
                    return {};
            } else if (digits > 0) {
                break;
            } else if (!std::isspace(byte[0])) {
                return {};
            }
        }
    }
    return ImageHeader{ImageFormat::Pnm, {int(sides[0]), int(sides[1])}, 1};
}

std::optional<ImageHeader> readTiff(const ReadAt &readAt)
{
    const auto tags = readTiffTags(readAt, 0);
    if (!tags)
        return {};
    return ImageHeader{ImageFormat::Tiff, tags->size, tags->orientation};
}

} // namespace

std::optional<ImageHeader> readImageHeader(const ReadAt &readAt)
{
    Bytes<12> magic{};
    if (!readAt(0, std::span(magic).first(8)))
        return {};
    readAt(8, std::span(magic).subspan(8));
    if (matches(magic, 0, "\xff\xd8\xff"))
        return readJpeg(readAt);
    if (matches(magic, 0, "\x89PNG\r\n\x1a\n"))
        return readPng(readAt);
    if (matches(magic, 0, "RIFF") && matches(magic, 8, "WEBP"))
        return readWebP(readAt);
    if (matches(magic, 0, "II") || matches(magic, 0, "MM"))
        return readTiff(readAt);
    if (matches(magic, 0, "BM"))
        return readBmp(readAt);
    if (magic[0] == 'P' && magic[1] >= '1' && magic[1] <= '6' && std::isspace(magic[2]))
        return readPnm(readAt);
    return {};
}

} // namespace core
