// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <span>
#include <vector>

namespace core
{

/// Box suppression as torchvision computes it (nms, and batched_nms of one category): best score
/// first, of equal scores the earlier one; a box goes when its IoU with a kept one is above
/// `threshold`. Returns the indices kept, in that order. In float32, as there: the same boxes are
/// kept also where an IoU falls upon the threshold. Two boxes without area do not suppress each
/// other. As many scores as boxes.
std::vector<std::size_t> nonMaximumSuppression(std::span<const Box> boxes,
                                               std::span<const float> scores, double threshold);

} // namespace core
