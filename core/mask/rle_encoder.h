// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <cassert>

namespace core
{

/// Makes an Rle from rows as they come, top to bottom, so that the mask never has to exist as a
/// whole:
///
///     RleEncoder encoder(size);
///     for (each row) encoder.addRow(row);
///     Rle rle = encoder.finish();
///
/// It keeps one row, a bit a pixel, and the places where a row differs from the one above, which
/// for real masks are few.
class RleEncoder
{
public:
    explicit RleEncoder(Size size);

    /// `row` holds size.width bytes, each 0 or 1.
    void addRow(const std::uint8_t *row);

    /// `count` more rows as the one added last, at no cost.
    void repeatRow(std::uint32_t count)
    {
        assert(m_y > 0 && count <= static_cast<std::uint32_t>(m_size.height) - m_y);
        m_y += count;
    }

    /// To be called once, after size.height rows.
    Rle finish();

private:
    /// Up to 64 neighbouring pixels of a row that are not all as those above.
    struct Change {
        std::uint64_t bits;
        std::uint32_t strip; ///< of 64 columns
        std::uint32_t y;
    };
    std::size_t columnsOf(std::size_t strip) const;
    void addTopChanges();

    Size m_size;
    std::uint32_t m_y = 0;
    std::vector<std::uint64_t> m_top;      ///< the first row, a word for each strip
    std::vector<std::uint64_t> m_previous; ///< the row above
    std::vector<Change> m_changes;         ///< has room for a row's more than m_changeCount
    std::size_t m_changeCount = 0;
};

} // namespace core
