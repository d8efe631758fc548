// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_header.h"

#include <algorithm>
#include <cstring>

namespace core
{
namespace
{

using File = std::span<const std::uint8_t>;

std::uint64_t integer(File file, std::size_t at, std::initializer_list<int> shifts)
{
    std::uint64_t value = 0;
    for (const int shift : shifts)
        value |= std::uint64_t(file[at++]) << shift;
    return value;
}

/// Walks over the segments, then from marker to marker through the coded pixels; the end mark of a
/// thumbnail lies inside a segment and is stepped over.
bool isJpegCutShort(File file)
{
    std::size_t at = 2;
    while (at + 3 < file.size()) {
        if (file[at] != 0xff || file[at + 1] == 0xff) {
            ++at;
            continue;
        }
        const int marker = file[at + 1];
        if (marker == 0xd9)
            return false;
        const bool standsAlone = marker == 0 || marker == 1 || (marker >= 0xd0 && marker <= 0xd7);
        at += standsAlone ? 2 : 2 + integer(file, at + 2, {8, 0});
        while (at < file.size() && file[at] != 0xff) { // coded pixels
            const void *next = std::memchr(&file[at], 0xff, file.size() - at);
            at = next ? std::size_t(static_cast<const std::uint8_t *>(next) - file.data())
                      : file.size();
        }
    }
    return at + 2 > file.size() || file[at] != 0xff || file[at + 1] != 0xd9;
}

bool isPngCutShort(File file)
{
    std::size_t at = 8;
    while (at + 12 <= file.size()) {
        if (std::memcmp(&file[at + 4], "IEND", 4) == 0)
            return false;
        at += 12 + integer(file, at, {24, 16, 8, 0});
    }
    return true;
}

} // namespace

bool isCutShort(ImageFormat format, File file)
{
    switch (format) {
    case ImageFormat::Jpeg:
        return isJpegCutShort(file);
    case ImageFormat::Png:
        return isPngCutShort(file);
    case ImageFormat::WebP:
        return file.size() < 8 + integer(file, 4, {0, 8, 16, 24});
    default:
        return false;
    }
}

} // namespace core
