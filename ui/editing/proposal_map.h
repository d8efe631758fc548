// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <cstdint>
#include <span>
#include <vector>

namespace ui
{

/// Many masks of one picture in one: for every pixel the number of the mask seen there. Thousands
/// cost to paint and to hit what one costs.
struct ProposalMap {
    core::Size size;
    std::vector<std::uint16_t> labels; ///< row-major; 0: none, else a mask's index + 1

    /// -1: none, also outside the picture.
    int indexAt(int x, int y) const;
};

/// The smaller mask lies on top, so that every one can be reached. Masks of another size and those
/// beyond the 65535th are left out. Fills 100 megapixels in some tenths of a second: not for the
/// GUI thread.
ProposalMap makeProposalMap(std::span<const core::Rle *const> masks, core::Size size);

} // namespace ui
