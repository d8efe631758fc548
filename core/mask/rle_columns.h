// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <span>

namespace core
{

/// As decode(), but column by column, as COCO's own code and Fortran's arrays have pixels, into the
/// caller's memory: as many bytes as the mask has pixels, 0 or 1, each of which is written. Where
/// columns will do, it is the quickest way: runs go down them.
/// Throws Error(BadDataset) as validate() does, with nothing written.
void decodeColumns(const Rle &rle, std::span<std::uint8_t> columns);

} // namespace core
