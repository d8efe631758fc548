// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/training/random.h"
#include "core/training/scene_source.h"

#include <torch/torch.h>

#include <optional>

namespace core
{

/// One picture to learn from and the regions to ask for.
struct TrainingSample {
    torch::Tensor image;   ///< (3, S, S) bytes, RGB
    torch::Tensor targets; ///< (n, S/2, S/2) bytes: 255ths of each cell that belong to the region
};

/// A random crop of a scene, half of the time one around the first region, brought to `side` pixels
/// with the filter the segmenter uses, perhaps mirrored, its colours shifted. Nothing when no
/// region of a sensible size was found; where there are fewer than asked for, one comes twice.
std::optional<TrainingSample> makeSample(const TrainingScene &scene, int side, int targets,
                                         Random &random);

} // namespace core
