// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace core
{

/// 64 x 64 pixels, a bit each: bit x of row y.
using BitBlock = std::array<std::uint64_t, 64>;

/// Eight bytes, the first one lowest. Not left to the compiler to see that this is one load: within
/// loops it does not.
inline std::uint64_t loadBytes(const std::uint8_t *bytes)
{
    std::uint64_t word = 0;
    if constexpr (std::endian::native == std::endian::little) {
        std::memcpy(&word, bytes, sizeof word);
    } else {
        for (int i = 0; i < 8; ++i)
            word |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
    }
    return word;
}

/// The lowest bit of each of eight bytes. The product brings byte i's bit to place 56 + i.
inline std::uint64_t packByte(const std::uint8_t *bytes)
{
    return (loadBytes(bytes) & 0x0101'0101'0101'0101) * 0x0102'0408'1020'4080 >> 56;
}

/// Writes the lowest `count` bytes, the lowest one first.
template <int count>
void storeBytes(std::uint64_t word, std::uint8_t *bytes)
{
    for (int i = 0; i < count; ++i) // compilers make one store of this
        bytes[i] = static_cast<std::uint8_t>(word >> (8 * i));
}

/// The reverse of packByte(): the lowest eight bits, each as the lowest one of a byte. Of eight
/// copies each keeps its bit; adding 0x7f brings any bit to the highest place.
inline std::uint64_t unpackByte(std::uint64_t bits)
{
    const std::uint64_t own = (bits & 0xff) * 0x0101'0101'0101'0101 & 0x8040'2010'0804'0201;
    return (own + 0x7f7f'7f7f'7f7f'7f7f) >> 7 & 0x0101'0101'0101'0101;
}

/// The lowest bit of each of `count` bytes, at most 64, of which the first is the lowest bit.
inline std::uint64_t packBits(const std::uint8_t *bytes, std::size_t count)
{
    std::uint64_t bits = 0;
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8)
        bits |= packByte(bytes + i) << i;
    if (i < count && count >= 8)
        return bits | packByte(bytes + count - 8) << (count - 8);
    for (; i < count; ++i)
        bits |= static_cast<std::uint64_t>(bytes[i] & 1) << i;
    return bits;
}

/// packBits() of 64 bytes.
inline std::uint64_t packBits(const std::uint8_t *bytes)
{
#if defined(__SSE2__) // which every 64-bit x86 has
    std::uint64_t bits = 0;
    for (int i = 0; i < 64; i += 16) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes + i));
        const int part = _mm_movemask_epi8(_mm_slli_epi16(block, 7)); // takes the highest bits
        bits |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(part)) << i;
    }
    return bits;
#else
    return packBits(bytes, 64);
#endif
}

/// Rows become columns.
inline void transpose(BitBlock &block)
{
    std::uint64_t low = 0xffff'ffff; // of each pair of squares that change places
    for (std::size_t side = 32; side > 0; side /= 2, low ^= low << side) {
        for (std::size_t top = 0; top < 64; top += 2 * side) {
            for (std::size_t y = top; y < top + side; ++y) {
                const std::uint64_t change = ((block[y] >> side) ^ block[y + side]) & low;
                block[y] ^= change << side;
                block[y + side] ^= change;
            }
        }
    }
}

} // namespace core
