// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/bit_block.h"

#include <bit>
#include <span>

namespace core
{

/// Up to 64 neighbouring pixels of row `y`: the bits of those that differ from the one before them
/// in their column.
struct RowChanges {
    std::uint64_t bits;
    std::uint32_t y;
};

/// Words that hold a bit for each pixel of a column.
inline std::size_t wordsOfColumn(std::size_t height)
{
    return (height + 63) / 64;
}

/// Adds the changes of `rows`, which come from top to bottom, to `columns`, which hold
/// wordsOfColumn() words each. The work is in the number of changes where they are few and in that
/// of rows where they are many.
inline void addChanges(std::span<const RowChanges> rows, std::size_t words,
                       std::span<std::uint64_t> columns)
{
    constexpr std::size_t many = 160; // changes in a block, from which turning it over pays
    for (std::size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
        const std::size_t word = rows[begin].y / 64;
        std::size_t sampled = 0;
        for (; end < rows.size() && rows[end].y / 64 == word; ++end) {
            if (end % 4 == 0)
                sampled += static_cast<std::size_t>(std::popcount(rows[end].bits));
        }
        if (sampled * 4 < many) {
            for (const RowChanges &row : rows.subspan(begin, end - begin)) {
                const std::uint64_t bit = std::uint64_t{1} << row.y % 64;
                for (std::uint64_t bits = row.bits; bits != 0; bits &= bits - 1)
                    columns[static_cast<std::size_t>(std::countr_zero(bits)) * words + word] |= bit;
            }
            continue;
        }
        BitBlock block{};
        for (const RowChanges &row : rows.subspan(begin, end - begin))
            block[row.y % 64] = row.bits;
        transpose(block);
        for (std::size_t x = 0; x * words < columns.size(); ++x)
            columns[x * words + word] |= block[x];
    }
}

/// Writes the lengths of the runs that end at the changes of a column, whose words begin at
/// `column` and whose first pixel is number `first`. `last` is where the run before began. Returns
/// the place behind the last one written.
inline std::uint32_t *writeRuns(std::span<const std::uint64_t> column, std::uint32_t first,
                                std::uint32_t &last, std::uint32_t *counts)
{
    for (const std::uint64_t word : column) {
        for (std::uint64_t bits = word; bits != 0; bits &= bits - 1) {
            const std::uint32_t place = first + static_cast<std::uint32_t>(std::countr_zero(bits));
            *counts++ = place - last;
            last = place;
        }
        first += 64;
    }
    return counts;
}

} // namespace core
