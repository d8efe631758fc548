// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

namespace core
{

/// Focal and dice loss of each mask, 20 to 1 as SAM weighs them. All (P, M).
struct MaskLosses {
    torch::Tensor focal;
    torch::Tensor dice;
    torch::Tensor total() const { return 20 * focal + dice; }
};

/// In: logits (P, M, h, w); targets (P, 1, h, w) in 0..1: borders are shares of cells, not yes or
/// no.
MaskLosses maskLosses(const torch::Tensor &logits, const torch::Tensor &targets);

/// IoU of logits > 0 with targets > 1/2: (P, M), no gradient.
torch::Tensor hardIou(const torch::Tensor &logits, const torch::Tensor &targets);

} // namespace core
