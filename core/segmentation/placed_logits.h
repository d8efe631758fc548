// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/segmentation/input_geometry.h"
#include "core/segmentation/prompt.h"

namespace core
{

struct FocusedEmbedding;

/// How a grid of logits lies over the picture: over the part of it that the model saw.
struct LogitsPlace {
    InputGeometry geometry; ///< of the window
    PixelRect window;       ///< in the picture, whole pixels
    bool operator==(const LogitsPlace &) const = default;
};

LogitsPlace placeOf(const FocusedEmbedding &view);

/// An answer's logits that may be taken to another view of the same picture.
struct PlacedLogits {
    LowResLogits logits;
    LogitsPlace place;
    bool operator==(const PlacedLogits &) const = default;
};

/// The logits on the grid of `size` cells that lies at `place`, interpolated between the centres of
/// cells. Outside the window that they were made for nothing belongs to the object: -priorLogit.
LowResLogits broughtTo(const LogitsPlace &place, Size size, const PlacedLogits &from);

} // namespace core
