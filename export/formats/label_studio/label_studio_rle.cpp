// SPDX-License-Identifier: Apache-2.0
#include "export/formats/label_studio/label_studio_rle.h"

#include "core/error.h"
#include "export/outlines/row_runs.h"

#include <algorithm>
#include <array>
#include <string>

namespace exporters
{
namespace
{

constexpr std::uint64_t channels = 4; // the last one is alpha

[[noreturn]] void refuse(const std::string &why)
{
    throw core::Error(core::ErrorKind::BadDataset, "A brush mask " + why + ".");
}

class Bits
{
public:
    explicit Bits(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}

    /// `count` from 1 to 32. Throws when there are not so many left.
    std::uint32_t take(unsigned count)
    {
        if (count > m_bytes.size() * 8 - m_place)
            refuse("breaks off before all its pixels are told");
        std::uint64_t bits = 0;
        unsigned left = count;
        while (left > 0) {
            const auto inByte = static_cast<unsigned>(m_place % 8);
            const unsigned part = std::min(left, 8 - inByte);
            const unsigned byte = m_bytes[m_place / 8];
            bits = (bits << part) | ((byte >> (8 - inByte - part)) & ((1U << part) - 1));
            m_place += part;
            left -= part;
        }
        return static_cast<std::uint32_t>(bits);
    }

private:
    std::span<const std::uint8_t> m_bytes;
    std::size_t m_place = 0; ///< in bits
};

/// Takes values and keeps the alpha of each pixel.
class AlphaRows
{
public:
    explicit AlphaRows(core::Size size) : m_rows(size) {}

    void add(std::uint64_t count, bool isAboveZero)
    {
        // Alpha p is value 4 p + 3: so many of them lie before any value.
        const std::uint64_t before = m_value / channels;
        m_value += count;
        m_rows.add(m_value / channels - before, isAboveZero);
    }
    core::Rle finish() { return m_rows.finish(); }

private:
    RowRuns m_rows;
    std::uint64_t m_value = 0;
};

} // namespace

core::Rle fromLabelStudioRle(std::span<const std::uint8_t> bytes, core::Size size)
{
    Bits bits(bytes);
    const std::uint64_t all = channels * static_cast<std::uint64_t>(size.area());
    if (const std::uint64_t count = bits.take(32); count != all)
        refuse("has " + std::to_string(count) + " values, and its picture of " +
               std::to_string(size.width) + " x " + std::to_string(size.height) + " pixels " +
               std::to_string(all));
    const unsigned valueBits = bits.take(5) + 1;
    std::array<unsigned, 4> lengthBits{};
    for (unsigned &count : lengthBits)
        count = bits.take(4) + 1;

    AlphaRows rows(size);
    for (std::uint64_t left = all; left > 0;) {
        const bool isRun = bits.take(1) == 1;
        const std::uint64_t length = std::uint64_t{bits.take(lengthBits[bits.take(2)])} + 1;
        if (length > left)
            refuse("goes on beyond the last pixel of its picture");
        if (isRun)
            rows.add(length, bits.take(valueBits) > 0);
        for (std::uint64_t i = 0; i < length && !isRun; ++i)
            rows.add(1, bits.take(valueBits) > 0);
        left -= length;
    }
    return rows.finish();
}

} // namespace exporters
