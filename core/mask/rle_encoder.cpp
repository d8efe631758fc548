// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_encoder.h"

#include <bit>
#include <cassert>
#include <cstring>

namespace core
{
namespace
{

std::uint64_t load(const std::uint8_t *bytes)
{
    std::uint64_t word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

/// Index in memory of the first byte that is not 0.
std::size_t firstByte(std::uint64_t word)
{
    const int bit = std::endian::native == std::endian::little ? std::countr_zero(word)
                                                               : std::countl_zero(word);
    return static_cast<std::size_t>(bit) / 8;
}

std::uint64_t byteAt(std::size_t index)
{
    const std::size_t place = std::endian::native == std::endian::little ? index : 7 - index;
    return std::uint64_t{0xff} << (8 * place);
}

} // namespace

RleEncoder::RleEncoder(Size size)
    : m_size(size), m_top(static_cast<std::size_t>(size.width)),
      m_changesInColumn(static_cast<std::size_t>(size.width))
{
}

void RleEncoder::addRow(const std::uint8_t *row)
{
    assert(m_y < static_cast<std::uint32_t>(m_size.height));
    const auto width = static_cast<std::size_t>(m_size.width);
    if (m_y == 0) {
        m_top.assign(row, row + width);
        m_previous = m_top;
    } else if (std::memcmp(row, m_previous.data(), width) != 0) {
        addChanges(row);
        std::memcpy(m_previous.data(), row, width);
    }
    ++m_y;
}

void RleEncoder::addChanges(const std::uint8_t *row)
{
    const auto width = static_cast<std::size_t>(m_size.width);
    const std::uint8_t *above = m_previous.data();
    std::size_t x = 0;
    for (; x + 64 <= width; x += 64) {
        std::uint64_t changes[8];
        std::uint64_t any = 0;
        for (std::size_t i = 0; i < 8; ++i) {
            changes[i] = load(row + x + 8 * i) ^ load(above + x + 8 * i);
            any |= changes[i];
        }
        if (any == 0)
            continue;
        for (std::size_t i = 0; i < 8; ++i) {
            while (changes[i] != 0) {
                const std::size_t byte = firstByte(changes[i]);
                changes[i] &= ~byteAt(byte);
                addChange(x + 8 * i + byte);
            }
        }
    }
    for (; x < width; ++x) {
        if (row[x] != above[x])
            addChange(x);
    }
}

void RleEncoder::addChange(std::size_t x)
{
    m_changes.push_back({static_cast<std::uint32_t>(x), m_y});
    ++m_changesInColumn[x];
}

Rle RleEncoder::finish()
{
    assert(m_y == static_cast<std::uint32_t>(m_size.height));
    const auto width = static_cast<std::size_t>(m_size.width);
    const auto height = static_cast<std::uint32_t>(m_size.height);

    // The changes lie in row order; a counting sort puts them in column order. The top of a column
    // follows on the bottom of the column before.
    std::vector<std::uint32_t> place(width);
    const auto changesAtTop = [this](std::size_t x) {
        return m_top[x] != (x == 0 ? 0 : m_previous[x - 1]);
    };
    std::uint32_t total = 0;
    for (std::size_t x = 0; x < width; ++x) {
        place[x] = total;
        total += m_changesInColumn[x] + changesAtTop(x);
    }
    Rle rle{m_size, std::vector<std::uint32_t>(total + std::size_t{1})};
    for (std::size_t x = 0; x < width; ++x) {
        if (changesAtTop(x))
            rle.counts[place[x]++] = static_cast<std::uint32_t>(x) * height;
    }
    for (const Change &change : m_changes)
        rle.counts[place[change.x]++] = change.x * height + change.y;
    rle.counts[total] = static_cast<std::uint32_t>(m_size.area());

    // From positions to lengths.
    for (std::size_t i = total; i > 0; --i)
        rle.counts[i] -= rle.counts[i - 1];
    return rle;
}

} // namespace core
