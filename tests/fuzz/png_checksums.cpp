// SPDX-License-Identifier: Apache-2.0
#include "png_checksums.h"

#include <algorithm>
#include <array>

namespace fuzz
{
namespace
{

using Bytes = std::span<std::uint8_t>;

constexpr std::array<std::uint8_t, 8> signature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

std::uint32_t checksum(Bytes bytes)
{
    std::uint32_t sum = 0xffffffffu;
    for (const std::uint8_t byte : bytes) {
        sum ^= byte;
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum & 1) != 0 ? 0xedb88320u ^ sum >> 1 : sum >> 1;
    }
    return sum ^ 0xffffffffu;
}

std::uint32_t number(Bytes bytes)
{
    std::uint32_t value = 0;
    for (const std::uint8_t byte : bytes.first(4))
        value = value << 8 | byte;
    return value;
}

void mendChunks(Bytes chunks)
{
    while (chunks.size() >= 12) {
        const std::size_t length = number(chunks);
        if (length > chunks.size() - 12)
            return;
        const std::uint32_t sum = checksum(chunks.subspan(4, length + 4));
        for (std::size_t i = 0; i < 4; ++i)
            chunks[length + 8 + i] = static_cast<std::uint8_t>(sum >> (24 - 8 * i));
        chunks = chunks.subspan(length + 12);
    }
}

} // namespace

void mendPngChecksums(Bytes bytes)
{
    for (auto at = bytes.begin(); at != bytes.end(); ++at) {
        at = std::search(at, bytes.end(), signature.begin(), signature.end());
        if (at == bytes.end())
            return;
        mendChunks(bytes.subspan(static_cast<std::size_t>(at - bytes.begin()) + signature.size()));
    }
}

} // namespace fuzz
