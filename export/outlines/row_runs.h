// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle_encoder.h"

#include <cassert>
#include <cstdint>
#include <vector>

namespace exporters
{

/// Turns runs that go row by row through a mask into COCO's, which go column by column. Keeps one
/// row, and the work of a run is in the rows where it begins and ends.
class RowRuns
{
public:
    explicit RowRuns(core::Size size);

    /// How many pixels are still to come.
    std::uint64_t left() const { return m_left; }
    /// `length` pixels, at most left().
    void add(std::uint64_t length, bool isOn);
    /// Pixels that did not come are off. To be called once.
    core::Rle finish();

private:
    core::RleEncoder m_encoder;
    std::vector<std::uint8_t> m_row;
    std::size_t m_x = 0;
    std::uint64_t m_left;
    int m_full = -1; ///< what all of the row added last is, 0 or 1; -1: not all the same
};

} // namespace exporters
