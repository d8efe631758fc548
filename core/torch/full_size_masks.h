// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/input_geometry.h"
#include "core/segmentation/mask_candidate.h"

#include <vector>

namespace core
{

/// Answers brought to the picture's size, with their stability scores, on all of LibTorch's
/// threads.
std::vector<std::vector<MaskCandidate>>
fullSizeMasks(std::vector<std::vector<ScoredLogits>> answers, const InputGeometry &geometry);

} // namespace core
