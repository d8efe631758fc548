// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/training/flat_weights.h"

namespace core
{

/// `target` becomes a copy of `source`, norm statistics included.
void copyWeights(compact::CompactModel &target, const compact::CompactModel &source);

/// Whether both have as many layers, of the same widths.
bool haveSameLayers(const compact::CompactModel &a, const compact::CompactModel &b);

/// `model` becomes the mean of both, of which `other` has `share`, 0 to 1, norm statistics
/// included. Passes of one training, the later from the weights of the earlier, may be mixed so.
/// Both have the same layers.
void mixWeights(compact::CompactModel &model, const compact::CompactModel &other, double share);

/// Moves the running average one step: average = decay * average + (1 - decay) * weights; the decay
/// grows towards .998, so that the poor first weights are soon forgotten. Norm statistics are
/// copied.
void moveAverage(FlatWeights &average, const FlatWeights &weights, std::int64_t step);

} // namespace core
