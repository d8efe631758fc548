// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <array>
#include <optional>

namespace exporters
{

/// The smallest turned rectangle around an object's pixels, or its box where it has none: x and y
/// of four corners in the frame of pixel corners (the first pixel spans 0 to 1), clockwise from the
/// one nearest to the top left. None for an object without a pixel.
std::optional<std::array<double, 8>> rotatedBox(const core::Annotation &annotation);

} // namespace exporters
