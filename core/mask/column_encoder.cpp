// SPDX-License-Identifier: Apache-2.0
#include "core/mask/column_encoder.h"

#include "core/mask/bit_block.h"
#include "core/mask/change_columns.h"
#include "core/mask/run_scratch.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace core
{
namespace
{

/// Makes runs of bits as they come, 64 at a time whatever a column's height: when the changes of a
/// short column end cannot be foreseen, and words end less often.
class BitRuns
{
public:
    explicit BitRuns(std::uint32_t *counts) : m_counts(counts) {}

    /// The lowest `count` bits, at most 64; those above are 0.
    void add(std::uint64_t bits, unsigned count)
    {
        const unsigned before = m_filled;
        m_word |= bits << before;
        m_filled += count;
        if (m_filled < 64)
            return;
        write(changed());
        m_lastBit = m_word >> 63;
        m_place += 64;
        m_filled -= 64;
        m_word = bits >> 1 >> (63 - before); // a shift by 64 has no meaning
    }

    /// Returns the place behind the last run.
    std::uint32_t *finish()
    {
        if (m_filled > 0)
            write(changed() & ~std::uint64_t{0} >> (64 - m_filled));
        *m_counts++ = m_place + m_filled - m_last;
        return m_counts;
    }

private:
    /// The bits that differ from the one before.
    std::uint64_t changed() const { return m_word ^ (m_word << 1 | m_lastBit); }
    void write(std::uint64_t changes)
    {
        m_counts = writeRuns({&changes, 1}, m_place, m_last, m_counts);
    }

    std::uint32_t *m_counts;
    std::uint64_t m_word = 0;
    std::uint64_t m_lastBit = 0;
    unsigned m_filled = 0;     ///< bits of the word
    std::uint32_t m_place = 0; ///< of its first bit
    std::uint32_t m_last = 0;  ///< where the run before began
};

constexpr std::size_t side = 8; ///< of a block of pixels that is transposed at once

/// Eight bytes from `place` on, of as many there are; what would lie behind the end is 0. `bytes`
/// are eight at least. Not inlined: transposed() would be too long to become part of a loop.
[[gnu::noinline]] std::uint64_t loadSome(std::span<const std::uint8_t> bytes, std::size_t place)
{
    if (place + 8 <= bytes.size())
        return loadBytes(bytes.data() + place);
    return loadBytes(bytes.data() + bytes.size() - 8) >> 8 * (place + 8 - bytes.size());
}

/// `rows` times up to eight pixels, 0 or 1, from `place` on: byte x has column x, its top pixel
/// lowest. What lies right of the mask is anything.
std::uint64_t transposed(std::span<const std::uint8_t> pixels, std::size_t place, std::size_t width,
                         std::size_t rows)
{
    std::uint64_t block = 0;
    if (place + (rows - 1) * width + side <= pixels.size()) {
        const std::uint8_t *row = pixels.data() + place;
        for (std::size_t y = 0; y < rows; ++y, row += width)
            block |= loadBytes(row) << y;
        return block;
    }
    for (std::size_t y = 0; y < rows; ++y)
        block |= loadSome(pixels, place + y * width) << y;
    return block;
}

/// Column `x` of blocks that lie below each other, eight at most.
std::uint64_t columnOf(std::span<const std::uint64_t> blocks, std::size_t x)
{
    std::uint64_t column = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i)
        column |= (blocks[i] >> side * x & 0xff) << side * i;
    return column;
}

/// The lowest `rows` bits of each byte, 8 at most, one behind the other: of two neighbours each the
/// higher one is moved to the lower one, three times.
std::uint64_t withoutGaps(std::uint64_t bytes, std::size_t rows)
{
    constexpr std::uint64_t lower[] = {0x00ff'00ff'00ff'00ff, 0x0000'ffff'0000'ffff, 0xffff'ffff};
    std::size_t gap = side - rows;
    for (const std::uint64_t half : lower) {
        bytes = (bytes & half) | (bytes & ~half) >> gap;
        gap *= 2;
    }
    return bytes;
}

// BitRuns go in and come out by value, so that the compiler can keep them in registers.

/// Columns of 64 pixels at most, as many of them at a time as a word holds.
BitRuns addShort(std::span<const std::uint64_t> blocks, std::size_t columns, std::size_t height,
                 BitRuns runs)
{
    if (height <= side) {
        const std::uint64_t bytes = blocks[0] & ~std::uint64_t{0} >> (64 - columns * side);
        runs.add(withoutGaps(bytes, height), static_cast<unsigned>(columns * height));
        return runs;
    }
    const std::size_t atOnce = std::min(64 / height, side);
    for (std::size_t x = 0; x < columns; x += atOnce) {
        const std::size_t count = std::min(atOnce, columns - x);
        std::uint64_t bits = 0;
        for (std::size_t n = 0; n < count; ++n)
            bits |= columnOf(blocks, x + n) << n * height;
        runs.add(bits, static_cast<unsigned>(count * height));
    }
    return runs;
}

BitRuns addTall(std::span<const std::uint64_t> blocks, std::size_t columns, std::size_t height,
                BitRuns runs)
{
    for (std::size_t x = 0; x < columns; ++x) {
        std::size_t i = 0;
        for (; (i + side) * side <= height; i += side)
            runs.add(columnOf(blocks.subspan(i).first<side>(), x), 64);
        if (i < blocks.size())
            runs.add(columnOf(blocks.subspan(i), x), static_cast<unsigned>(height - i * side));
    }
    return runs;
}

BitRuns addColumns(const Mask &mask, std::span<std::uint64_t> blocks, BitRuns runs)
{
    const auto width = static_cast<std::size_t>(mask.size.width);
    const auto height = static_cast<std::size_t>(mask.size.height);
    for (std::size_t left = 0; left < width; left += side) {
        for (std::size_t i = 0; i < blocks.size(); ++i)
            blocks[i] = transposed(mask.pixels, i * side * width + left, width,
                                   std::min(side, height - i * side));
        const std::size_t columns = std::min(side, width - left);
        runs = height <= 64 ? addShort(blocks, columns, height, runs)
                            : addTall(blocks, columns, height, runs);
    }
    return runs;
}

/// At most 64 pixels, one by one: transposing blocks does not pay.
Rle encodeFew(const Mask &mask)
{
    const std::uint8_t *pixel = mask.pixels.data();
    std::uint64_t bits = 0;
    for (int y = 0; y < mask.size.height; ++y) {
        for (int x = 0, place = y; x < mask.size.width; ++x, place += mask.size.height)
            bits |= std::uint64_t{*pixel++} << place;
    }
    std::array<std::uint32_t, 65> counts;
    BitRuns runs(counts.data());
    runs.add(bits, static_cast<unsigned>(mask.pixels.size()));
    return {mask.size, {counts.data(), runs.finish()}};
}

} // namespace

Rle encodeByColumns(const Mask &mask)
{
    const std::size_t pixels = mask.pixels.size();
    if (pixels <= 64)
        return encodeFew(mask);
    Scratch counts(pixels + 1);
    BitRuns runs(counts.data());
    if (mask.size.width == 1 || mask.size.height == 1) {
        for (std::size_t i = 0; i < pixels; i += 64) {
            const std::size_t count = std::min<std::size_t>(pixels - i, 64);
            runs.add(packBits(mask.pixels.data() + i, count), static_cast<unsigned>(count));
        }
    } else {
        std::array<std::uint64_t, 64> nearby;
        std::vector<std::uint64_t> far;
        const std::size_t blocks = (static_cast<std::size_t>(mask.size.height) + side - 1) / side;
        if (blocks > nearby.size())
            far.resize(blocks);
        runs = addColumns(mask, {far.empty() ? nearby.data() : far.data(), blocks}, runs);
    }
    return {mask.size, {counts.data(), runs.finish()}};
}

} // namespace core
