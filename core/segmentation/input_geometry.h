// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

namespace core
{

/// How the original picture lies on the model's input: resized (aspect kept), then padded at the
/// right and at the bottom. All that is needed to carry points in and masks out.
struct InputGeometry {
    Size original; ///< pixels of the picture
    Size resized;  ///< pixels after the resize, before padding
    Size padded;   ///< pixels the model sees; SAM: a square of its own input size
    bool operator==(const InputGeometry &) const = default;

    /// SAM's apply_coords: float64 arithmetic, then rounded to float32; the half-pixel shift is not
    /// added yet.
    ModelPoint toModel(ImagePoint p) const
    {
        return {static_cast<float>(p.x * (static_cast<double>(resized.width) / original.width)),
                static_cast<float>(p.y * (static_cast<double>(resized.height) / original.height))};
    }
};

} // namespace core
