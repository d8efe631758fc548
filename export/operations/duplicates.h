// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <span>
#include <vector>

namespace exporters
{

/// Which of `later` say again what one of `earlier` says: the same category, both a crowd or both
/// none, and an IoU of `leastIou` or more, of masks by their pixels, of boxes alone by their boxes;
/// a mask and a box are never the same. All of one image. What one side says twice itself is left
/// alone.
std::vector<bool> duplicatesOf(std::span<const core::Annotation> earlier,
                               std::span<const core::Annotation> later, double leastIou);

} // namespace exporters
