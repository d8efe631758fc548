// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/generated_mask.h"
#include "core/segmentation/segmenter.h"

#include <span>

namespace core
{

/// What is looked for where the thresholds follow from what is found: what is below cannot be a
/// good proposal.
inline constexpr MaskThresholds generousThresholds{0.2, 0.2, 1, 1, 16};

/// Thresholds for models whose scores are not SAM's. What one model takes for sure another one
/// never reaches, so that the limits are shares of what the better ones of the objects found reach;
/// an object counts once, from however many points it was found. `found` is what passed
/// generousThresholds.
MaskThresholds suggestedThresholds(std::span<const GeneratedMask> found);

/// Whether SAM's default thresholds fit the model: they were made for the scores of SAM and those
/// trained to answer as it does.
bool hasScoresOfSam(const SegmenterInfo &info);

} // namespace core
