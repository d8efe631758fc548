// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_columns.h"

#include "core/mask/bit_block.h"

#include <cassert>
#include <cstddef>
#include <cstring>

namespace core
{
namespace
{

/// Up to here a mask is decoded as the bits of a word; its last shift is by as many.
constexpr std::uint64_t fewPixels = 63;

/// A byte a bit, at most fewPixels of them. A last word that is not whole overlaps the one before:
/// no byte is looked at by itself.
void writeBits(std::uint64_t bits, std::uint8_t *bytes, std::size_t count)
{
    if (count < 4) {
        bytes[0] = bits & 1;
        bytes[count / 2] = bits >> count / 2 & 1;
        bytes[count - 1] = bits >> (count - 1) & 1;
        return;
    }
    if (count < 8) {
        storeBytes<4>(unpackByte(bits), bytes);
        storeBytes<4>(unpackByte(bits >> (count - 4)), bytes + count - 4);
        return;
    }
    for (std::size_t i = 0; i + 8 < count; i += 8)
        storeBytes<8>(unpackByte(bits >> i), bytes + i);
    storeBytes<8>(unpackByte(bits >> (count - 8)), bytes + count - 8);
}

/// For masks of any size; refuses what is not valid. Not a part of decodeColumns(): the smallest
/// masks would pay for the registers that are saved for its calls. A run writes a block whatever
/// its length, and the next one over what is too much: short runs, whose lengths cannot be
/// foreseen, need no branch.
[[gnu::noinline]] void writeColumns(const Rle &rle, std::span<std::uint8_t> columns)
{
    validate(rle);
    assert(columns.size() == static_cast<std::size_t>(rle.size.area()));
    const std::span<const std::uint32_t> counts = rle.counts;
    constexpr std::size_t block = 32;
    std::uint8_t *pixel = columns.data();
    std::size_t left = columns.size();
    const auto write = [&](std::size_t count, int value) {
        if (left < block) {
            std::memset(pixel, value, count);
        } else {
            std::memset(pixel, value, block);
            if (count > block)
                std::memset(pixel + block, value, count - block);
        }
        pixel += count;
        left -= count;
    };
    std::size_t i = 0;
    for (; i + 1 < counts.size(); i += 2) {
        write(counts[i], 0);
        write(counts[i + 1], 1);
    }
    if (i < counts.size())
        write(counts[i], 0);
}

} // namespace

void decodeColumns(const Rle &rle, std::span<std::uint8_t> columns)
{
    // Sizes below 0 become numbers that are far too large, and 0 the largest.
    const auto width = static_cast<std::uint32_t>(rle.size.width);
    const auto height = static_cast<std::uint32_t>(rle.size.height);
    if (const std::uint64_t pixels = std::uint64_t{width} * height; pixels - 1 < fewPixels) {
        std::uint64_t bits = 0, sum = 0;
        for (const std::uint32_t count : rle.counts) {
            sum += count;
            bits ^= ~std::uint64_t{0} << (sum & fewPixels); // sums beyond are not made use of
        }
        if (sum == pixels) {
            assert(columns.size() == pixels);
            writeBits(bits, columns.data(), pixels);
            return;
        }
    }
    writeColumns(rle, columns);
}

} // namespace core
