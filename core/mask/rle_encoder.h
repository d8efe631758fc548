// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

namespace core
{

/// Makes an Rle from rows as they come, top to bottom, so that the mask never has to exist as a
/// whole:
///
///     RleEncoder encoder(size);
///     for (each row) encoder.addRow(row);
///     Rle rle = encoder.finish();
///
/// It keeps one row and the places where a row differs from the one above, which for real masks are
/// few.
class RleEncoder
{
public:
    explicit RleEncoder(Size size);

    /// `row` holds size.width bytes, each 0 or 1.
    void addRow(const std::uint8_t *row);

    /// To be called once, after size.height rows.
    Rle finish();

private:
    struct Change {
        std::uint32_t x;
        std::uint32_t y;
    };
    void addChanges(const std::uint8_t *row);
    void addChange(std::size_t x);

    Size m_size;
    std::uint32_t m_y = 0;
    std::vector<std::uint8_t> m_top;      ///< the first row
    std::vector<std::uint8_t> m_previous; ///< the row above
    std::vector<Change> m_changes;
    std::vector<std::uint32_t> m_changesInColumn;
};

} // namespace core
