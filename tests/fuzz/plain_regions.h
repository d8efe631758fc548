// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/components.h"
#include "core/mask/mask.h"

#include <vector>

namespace fuzz
{

struct Pixel {
    int x;
    int y;
};

/// Connected pixels of one value, in the order of their first pixels down the columns.
using Regions = std::vector<std::vector<Pixel>>;

/// Found by flooding from pixel to pixel: slow, and hard to get wrong.
Regions plainRegions(const core::Mask &mask, bool on, core::Connectivity connectivity);

bool touchesBorder(const std::vector<Pixel> &region, core::Size size);

/// The one of most pixels; of equally large ones the one that OpenCV's labelling meets first, which
/// goes along the rows in blocks of 2 x 2 pixels. Null where there is none.
const std::vector<Pixel> *largest(const Regions &regions);

core::Mask maskOf(const std::vector<Pixel> &region, core::Size size);

} // namespace fuzz
