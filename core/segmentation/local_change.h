// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "core/segmentation/input_geometry.h"
#include "core/segmentation/prompt.h"

#include <optional>
#include <span>

namespace core
{

// A mask that someone made is not to be lost to a click that is about one part of it. A model asked
// with the mask as prior and that click alone tends to see the object anew; told where the rest
// lies, and taken at its word only where the click is, it adds or removes the part and leaves the
// rest alone. With the default model on ten photographs of BSDS500, one click on a mask that lacks
// a quarter brings the IoU from .75 to .89 (asked plainly: .75), one on a patch too much from .90
// to .96 (asked plainly: .52).

/// A foreground point for the part of the mask that the clicks are not about: the deepest cell of
/// `prior` that lies apart from them. Nothing when there is none. `prior` is on the model's grid.
std::optional<PointPrompt> supportingPoint(const LowResLogits &prior, const InputGeometry &geometry,
                                           std::span<const PointPrompt> clicks);

/// `mask` with those changes to `answer` that the clicks point at: parts that came and hold a
/// foreground click, parts that went and held a background click. The sizes must be equal.
Rle changeAtClicks(const Rle &mask, const Rle &answer, std::span<const PointPrompt> clicks);

} // namespace core
