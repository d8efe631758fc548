// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/training/flat_weights.h"

namespace core
{

/// AdamW with betas .9 and .98, weight decay on matrices only, gradients clipped to a norm of 1.
/// LibTorch's own keeps its moments under keys that changed between versions; these are plain
/// tensors, so that a checkpoint can hold them.
class AdamW
{
public:
    AdamW(const FlatWeights &weights, double weightDecay);

    /// Moves the weights by their gradients; `count` is 1 at the first step.
    void step(FlatWeights &weights, double learningRate, std::int64_t count);

    torch::Tensor firstMoments;  ///< like FlatWeights::values
    torch::Tensor secondMoments; ///< like FlatWeights::values

private:
    torch::Tensor m_decay; ///< share of each weight lost per step at a learning rate of 1
};

} // namespace core
