// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <span>

namespace exporters
{

/// Whether two edges of the closed polygon x0, y0, x1, y1, ... cross in their insides; touching is
/// no crossing. Beyond 2000 corners it is not looked for: every edge is held against every other.
bool crossesItself(std::span<const double> xy);

/// Whether a corner lies more than a pixel outside the picture, in COCO's frame of pixel corners.
bool leavesPicture(std::span<const double> xy, core::Size size);

} // namespace exporters
