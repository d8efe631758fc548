// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/compact_model.h"

namespace core
{

/// What the model answers when the pictures are `scale` times as large, as when it sees all of a
/// picture of which they are parts, on the grid of the pictures themselves. In: pictures
/// (B, 3, S, S) bytes, S a multiple of 32 from 64 on, and prompts in their pixels, with `previous`,
/// on the model's device. As in use: no gradient, running statistics.
compact::DecodedMasks seenFromAfar(compact::CompactModel &model, const torch::Tensor &pictures,
                                   const compact::PromptBatch &prompts, double scale,
                                   std::array<float, 2> origin, torch::ScalarType type);

} // namespace core
