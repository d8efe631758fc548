// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/image_digest.h"

#include <array>
#include <bit>
#include <cstdio>
#include <cstring>

namespace core
{
namespace
{

/// Two lanes of 64 bits, eight bytes a step; a byte at a time would take longer than decoding the
/// JPEG.
class Lanes
{
public:
    void add(std::uint64_t word)
    {
        m_a = std::rotl((m_a ^ word) * 0x9e3779b97f4a7c15u, 29);
        m_b = std::rotl((m_b + word) * 0xc2b2ae3d27d4eb4fu, 31) ^ m_a;
    }
    std::string hex() const
    {
        std::array<char, 33> text{};
        std::snprintf(text.data(), text.size(), "%016llx%016llx",
                      static_cast<unsigned long long>(mixed(m_a)),
                      static_cast<unsigned long long>(mixed(m_b)));
        return text.data();
    }

private:
    /// So that the last words reach every bit.
    static std::uint64_t mixed(std::uint64_t word)
    {
        word = (word ^ word >> 33) * 0xff51afd7ed558ccdu;
        word = (word ^ word >> 33) * 0xc4ceb9fe1a85ec53u;
        return word ^ word >> 33;
    }
    std::uint64_t m_a = 0x243f6a8885a308d3u;
    std::uint64_t m_b = 0x13198a2e03707344u;
};

/// `count` bytes, at most eight, the first one lowest on every machine.
std::uint64_t wordAt(const std::uint8_t *bytes, int count)
{
    std::uint64_t word = 0;
    if (std::endian::native == std::endian::little && count == 8) {
        std::memcpy(&word, bytes, sizeof word);
        return word;
    }
    for (int i = 0; i < count; ++i)
        word |= std::uint64_t(bytes[i]) << (8 * i);
    return word;
}

} // namespace

std::string imageDigest(ImageView image)
{
    Lanes lanes;
    lanes.add(std::uint64_t(image.size.width));
    lanes.add(std::uint64_t(image.size.height));
    for (int y = 0; y < image.size.height; ++y) {
        const std::uint8_t *row = image.row(y);
        const int bytes = image.size.width * 3;
        for (int i = 0; i < bytes; i += 8) {
            lanes.add(wordAt(row + i, std::min(8, bytes - i)));
        }
    }
    return lanes.hex();
}

} // namespace core
