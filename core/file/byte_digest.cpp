// SPDX-License-Identifier: Apache-2.0
#include "core/file/byte_digest.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <iomanip>
#include <sstream>

namespace core
{
namespace
{

std::uint64_t finish(std::uint64_t value)
{
    value ^= value >> 32;
    value *= 0xd6e8feb86659fd93u;
    return value ^ value >> 32;
}

} // namespace

void ByteDigest::add(std::span<const std::byte> bytes)
{
    std::array<std::uint64_t, 4> words = {};
    while (bytes.size() >= sizeof words) {
        std::memcpy(words.data(), bytes.data(), sizeof words);
        mix(words);
        bytes = bytes.subspan(sizeof words);
    }
    words = {0, 0, 0, bytes.size() + 1};
    if (!bytes.empty())
        std::memcpy(words.data(), bytes.data(), std::min<std::size_t>(bytes.size(), 24));
    if (bytes.size() > 24) {
        std::uint64_t rest = 0;
        std::memcpy(&rest, bytes.data() + 24, bytes.size() - 24);
        words[3] ^= rest << 8;
    }
    mix(words);
}

void ByteDigest::add(std::string_view text)
{
    add(std::as_bytes(std::span(text.data(), text.size())));
}

std::string ByteDigest::hex() const
{
    std::ostringstream text;
    text << std::hex << std::setfill('0') << std::setw(16)
         << finish(m_lanes[0] + std::rotl(m_lanes[1], 17)) << std::setw(16)
         << finish(m_lanes[2] ^ std::rotl(m_lanes[3], 29) ^ m_lanes[0]);
    return text.str();
}

void ByteDigest::mix(const std::array<std::uint64_t, 4> &words)
{
    for (std::size_t lane = 0; lane < 4; ++lane)
        m_lanes[lane] = std::rotl(m_lanes[lane] ^ words[lane], 27) * 0x9e3779b97f4a7c15u + lane;
}

} // namespace core
