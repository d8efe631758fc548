// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/rle.h"

#include <vector>

namespace core
{

/// Pixels `begin` to before `end`, counted down the columns.
struct PixelSpan {
    std::uint32_t begin;
    std::uint32_t end;
};

/// A mask made ready for being compared with many others: what is the same for all of them is
/// found once.
struct RleSpans {
    explicit RleSpans(const Rle &rle);

    Size size;
    PixelRect box;
    std::int64_t area;
    std::vector<PixelSpan> spans; ///< of pixels that are on, in order
};

/// How many pixels are on in both. Throws Error(BadDataset) when the sizes differ. The work is in
/// the number of spans in the columns that both have.
std::int64_t intersection(const RleSpans &a, const RleSpans &b);

/// As iou() of the two masks.
double iou(const RleSpans &detection, const RleSpans &truth, bool isCrowd = false);

} // namespace core
