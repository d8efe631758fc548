// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

namespace core
{

/// An ellipse in the frame of rleFromPolygon(): the first pixel spans 0 to 1.
struct Ellipse {
    double x = 0; ///< centre
    double y = 0;
    double radiusX = 0;
    double radiusY = 0;
    double degrees = 0; ///< turned clockwise about the centre (y points down)
};

/// The pixels whose centres lie in the ellipse or on it, as far as they lie in the picture.
/// Throws Error(BadDataset) for a radius that is not above 0 and for what is not a number or beyond
/// 10^8.
Rle rleFromEllipse(const Ellipse &ellipse, Size size);

} // namespace core
