// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

namespace core::compact
{

constexpr int maskStatisticsCount = 6;

/// What a mask's own logits say about its quality, for the IoU head: area, expected IoU if the
/// logits are honest probabilities, stability under a moved threshold, mean certainty, mean logit
/// inside, share of the picture's border it covers. In: (P, M, h, w). Out: (P, M, 6), each about
/// 0..1. Carries no gradient.
torch::Tensor maskStatistics(const torch::Tensor &logits);

/// IoU of each of the three ambiguity-aware masks with the single mask: (P, 4, h, w) logits to (P,
/// 3).
torch::Tensor agreementWithSingle(const torch::Tensor &logits);

} // namespace core::compact
