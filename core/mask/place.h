// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/rle.h"

namespace core
{

/// A mask of `size` that is off but for `patch`, whose top left pixel lies at (x, y); what hangs
/// over the border is cut off. The work is in the pixels of the patch, not of `size`.
Rle place(const Mask &patch, int x, int y, Size size);

/// The same for a patch of runs; the work is in its runs and columns.
Rle place(const Rle &patch, int x, int y, Size size);

/// The pixels of `block`, the reverse of place(); those outside the picture are off. The work is in
/// the runs and in the pixels of the block.
Mask crop(const Rle &rle, const PixelRect &block);

/// The part of `block` that lies in a picture of `size`; all zero where there is none.
PixelRect clipped(const PixelRect &block, Size size);

} // namespace core
