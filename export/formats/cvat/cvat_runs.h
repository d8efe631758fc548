// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/mask.h"
#include "core/mask/rle.h"

#include <string>
#include <string_view>

namespace exporters
{

/// The mask in a picture of `size` whose pixels in `block` are given by CVAT's run lengths, "2, 3,
/// 4": row by row through the block (COCO's go column by column through the picture), the first one
/// counts zeros. Runs that end early leave the rest off; what hangs over the picture is cut off.
/// Throws core::Error(BadDataset) for a block larger than the picture, what is no list of numbers,
/// and runs that are longer than the block.
core::Rle fromCvatRuns(std::string_view text, const core::PixelRect &block, core::Size size);

/// The same of the block's own pixels.
std::string toCvatRuns(const core::Mask &block);

} // namespace exporters
