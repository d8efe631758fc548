// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

namespace core
{

/// As encode(), for masks of few pixels, few columns or few rows: takes every pixel's bit down the
/// columns, where RleEncoder goes from row to row to see what changes. In between it has memory for
/// a run a pixel.
Rle encodeByColumns(const Mask &mask);

} // namespace core
