// SPDX-License-Identifier: Apache-2.0
#include "core/image/tiff_tags.h"

#include <array>
#include <climits>

namespace core
{
namespace
{

enum Tag { ImageWidth = 256, ImageLength = 257, Orientation = 274 };
enum FieldType { Short = 3, Long = 4, Long8 = 16 };

/// Integers of the file's byte order; a read past the end makes everything that follows 0 and
/// `good` false.
class Fields
{
public:
    Fields(const ReadAt &readAt, std::uint64_t base) : m_readAt(readAt), m_base(base) {}
    void setBigEndian(bool on) { m_bigEndian = on; }
    bool good() const { return m_good; }

    std::uint64_t integer(std::uint64_t offset, int bytes)
    {
        std::array<std::uint8_t, 8> raw{};
        m_good = m_good && m_readAt(m_base + offset, std::span(raw).first(std::size_t(bytes)));
        if (!m_good)
            return 0;
        std::uint64_t value = 0;
        for (int i = 0; i < bytes; ++i)
            value = value << 8 | raw[std::size_t(m_bigEndian ? i : bytes - 1 - i)];
        return value;
    }

private:
    const ReadAt &m_readAt;
    std::uint64_t m_base;
    bool m_bigEndian = false;
    bool m_good = true;
};

int bytesOf(std::uint64_t fieldType)
{
    switch (fieldType) {
    case Short:
        return 2;
    case Long8:
        return 8;
    default:
        return 4;
    }
}

} // namespace

std::optional<TiffTags> readTiffTags(const ReadAt &readAt, std::uint64_t base)
{
    Fields fields(readAt, base);
    const std::uint64_t byteOrder = fields.integer(0, 2);
    if (byteOrder != 0x4949 && byteOrder != 0x4d4d)
        return {};
    fields.setBigEndian(byteOrder == 0x4d4d);
    const std::uint64_t version = fields.integer(2, 2);
    if (version != 42 && version != 43)
        return {};

    const bool big = version == 43;
    const std::uint64_t directory = big ? fields.integer(8, 8) : fields.integer(4, 4);
    const std::uint64_t count = fields.integer(directory, big ? 8 : 2);
    const std::uint64_t entrySize = big ? 20 : 12;
    std::uint64_t entry = directory + (big ? 8 : 2);
    TiffTags tags;
    tags.bigEndian = byteOrder == 0x4d4d;
    // 65535 is what a classic directory can hold; a count beyond it is damage.
    for (std::uint64_t i = 0; i < count && i < 65536 && fields.good(); ++i, entry += entrySize) {
        const std::uint64_t tag = fields.integer(entry, 2);
        const std::uint64_t type = fields.integer(entry + 2, 2);
        if (tag > Orientation)
            break; // entries are sorted
        if (tag != ImageWidth && tag != ImageLength && tag != Orientation)
            continue;
        const std::uint64_t at = entry + (big ? 12 : 8);
        const std::uint64_t value = fields.integer(at, bytesOf(type));
        if (tag == Orientation && type == Short && value >= 1 && value <= 8) {
            tags.orientation = int(value);
            tags.orientationAt = base + at;
        }
        if (tag != Orientation)
            (tag == ImageWidth ? tags.size.width : tags.size.height) =
                int(std::min<std::uint64_t>(value, INT_MAX));
    }
    if (!fields.good())
        return {};
    return tags;
}

} // namespace core
