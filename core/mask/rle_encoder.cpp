// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_encoder.h"

#include "core/mask/change_columns.h"

#include <algorithm>
#include <utility>

namespace core
{

RleEncoder::RleEncoder(Size size)
    : m_size(size), m_top((static_cast<std::size_t>(size.width) + 63) / 64),
      m_previous(m_top.size()), m_changes(m_top.size() * 16)
{
}

std::size_t RleEncoder::columnsOf(std::size_t strip) const
{
    return std::min<std::size_t>(static_cast<std::size_t>(m_size.width) - 64 * strip, 64);
}

void RleEncoder::addRow(const std::uint8_t *row)
{
    assert(m_y < static_cast<std::uint32_t>(m_size.height));
    const std::size_t strips = m_previous.size();
    if (m_changes.size() < m_changeCount + strips)
        m_changes.resize(m_changes.size() * 2);
    Change *change = m_changes.data() + m_changeCount;
    const auto addStrip = [&](std::size_t strip, std::uint64_t bits) {
        // Written whether it counts or not: what cannot be foreseen is no branch.
        *change = {bits ^ m_previous[strip], static_cast<std::uint32_t>(strip), m_y};
        change += change->bits != 0;
        m_previous[strip] = bits;
    };
    const std::size_t whole = static_cast<std::size_t>(m_size.width) / 64;
    for (std::size_t strip = 0; strip < whole; ++strip)
        addStrip(strip, packBits(row + 64 * strip));
    if (whole < strips)
        addStrip(whole, packBits(row + 64 * whole, columnsOf(whole)));
    if (m_y == 0)
        m_top = m_previous; // finish() compares it with the bottom row
    else
        m_changeCount = static_cast<std::size_t>(change - m_changes.data());
    ++m_y;
}

/// The top of a column follows on the bottom of the column before.
void RleEncoder::addTopChanges()
{
    m_changes.resize(m_changeCount + m_top.size());
    std::uint64_t before = 0; // the bottom pixel of the column to the left
    for (std::size_t strip = 0; strip < m_top.size(); ++strip) {
        const std::uint64_t bottom = m_previous[strip];
        const std::uint64_t inside = ~std::uint64_t{0} >> (64 - columnsOf(strip));
        m_changes[m_changeCount++] = {(m_top[strip] ^ (bottom << 1 | before)) & inside,
                                      static_cast<std::uint32_t>(strip), 0};
        before = bottom >> 63;
    }
}

Rle RleEncoder::finish()
{
    assert(m_y == static_cast<std::uint32_t>(m_size.height));
    const auto height = static_cast<std::size_t>(m_size.height);
    addTopChanges();

    // The changes lie in row order, those at the top last; a counting sort puts them in the order
    // of strips.
    std::vector<std::size_t> ends(m_top.size() + 1);
    std::size_t total = 0;
    for (std::size_t i = 0; i < m_changeCount; ++i) {
        ++ends[m_changes[i].strip + 1];
        total += static_cast<std::size_t>(std::popcount(m_changes[i].bits));
    }
    for (std::size_t strip = 0; strip < m_top.size(); ++strip)
        ends[strip + 1] += ends[strip];
    std::vector<RowChanges> rows(m_changeCount);
    const std::size_t below = m_changeCount - m_top.size();
    for (std::size_t i = below; i < m_changeCount; ++i)
        rows[ends[m_changes[i].strip]++] = {m_changes[i].bits, 0};
    for (std::size_t i = 0; i < below; ++i)
        rows[ends[m_changes[i].strip]++] = {m_changes[i].bits, m_changes[i].y};

    std::vector<std::uint32_t> counts(total + 1);
    std::uint32_t *count = counts.data();
    std::uint32_t last = 0;
    const std::size_t words = wordsOfColumn(height);
    std::vector<std::uint64_t> columns;
    for (std::size_t strip = 0, begin = 0; strip < m_top.size(); begin = ends[strip++]) {
        const auto own = std::span(rows).subspan(begin, ends[strip] - begin);
        if (own.size() == 1 && own[0].bits == 0) // as it is beside a mask's object
            continue;
        columns.assign(columnsOf(strip) * words, 0);
        addChanges(own, words, columns);
        for (std::size_t x = 0; x < columnsOf(strip); ++x)
            count = writeRuns(std::span(columns).subspan(x * words, words),
                              static_cast<std::uint32_t>((64 * strip + x) * height), last, count);
    }
    *count = static_cast<std::uint32_t>(m_size.area()) - last;
    return {m_size, std::move(counts)};
}

} // namespace core
