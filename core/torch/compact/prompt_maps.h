// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/image_encoder.h"
#include "core/torch/compact/prompt_batch.h"

namespace core::compact
{

constexpr double gaussianSigma = 6; ///< of a point, pixels; about the precision of a click
constexpr int denseMaps = 4;        ///< previous mask, foreground, background, box
constexpr int similarityMaps =
    4; ///< to foreground, to background points; to the inside, the outside

/// 1 where a token is of that kind: (P, T) as float.
torch::Tensor isKind(const PromptBatch &prompts, TokenKind kind);

/// The prompts drawn at stride 4: (P, 4, H/4, W/4) = previous mask in -1..1, largest Gaussian
/// around a foreground point, the same for background points, share of the cell inside the box.
torch::Tensor drawPrompts(const PromptBatch &prompts, std::int64_t height4, std::int64_t width4);

/// A map's vectors at the prompts' points, bilinear: (B, C, h, w) to (P, T, C).
torch::Tensor sampleAtPoints(const torch::Tensor &map, const PromptBatch &prompts,
                             std::int64_t height, std::int64_t width);

/// Cosine of each pixel's vector with: the most alike foreground point, the most alike background
/// point, the mean inside and the mean outside of `region` (P, 1, h, w; 0..1). 0 where there is
/// nothing to compare with. In: unit vectors (B, C, h, w). Out: (P, 4, h, w).
torch::Tensor similarityTo(const torch::Tensor &unitVectors, const PromptBatch &prompts,
                           const torch::Tensor &region, std::int64_t height, std::int64_t width);

} // namespace core::compact
