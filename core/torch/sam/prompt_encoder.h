// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/layers.h"
#include "core/torch/sam/sam_config.h"

#include <array>

namespace core::sam
{

class Weights;

/// Turns points, boxes and mask logits into embeddings. B prompts of the same kind at once;
/// float32.
class PromptEncoder
{
public:
    PromptEncoder(const Weights &weights, const SamConfig &config);

    /// Positional encoding of the embedding's grid: [1, C, g, g].
    const torch::Tensor &densePositions() const { return m_densePositions; }

    /// Token embeddings [B, tokens, C]: the points, a padding token when there are points and no
    /// box, then a box's two corners. Points [B, n, 2] and boxes [B, 4] are pixels of the model's
    /// input, without the half-pixel shift; labels [B, n]: 1 foreground, 0 background, -1 padding.
    /// Undefined tensors stand for none.
    torch::Tensor sparse(const torch::Tensor &points, const torch::Tensor &labels,
                         const torch::Tensor &boxes, std::int64_t batch) const;

    /// [B, 1, 4g, 4g] mask logits -> [B, C, g, g].
    torch::Tensor dense(const torch::Tensor &maskLogits) const;

    /// What stands in for a mask prompt: [1, C, 1, 1], to be broadcast.
    torch::Tensor noMask() const;

private:
    /// [..., 2] in 0..1 (x, y) -> [..., C]: sines, then cosines of random projections.
    torch::Tensor encodePositions(const torch::Tensor &unitCoordinates) const;
    torch::Tensor encodePixels(const torch::Tensor &pixels) const;

    double m_inputSize;
    torch::Tensor m_gaussian; ///< [2, C/2]
    torch::Tensor m_kinds;    ///< [5, C]: padding, background, foreground, top left, bottom right
    torch::Tensor m_noMask;   ///< [1, C]
    std::array<torch::Tensor, 3> m_maskWeight;
    std::array<torch::Tensor, 3> m_maskBias;
    std::array<LayerNorm, 2> m_maskNorm;
    torch::Tensor m_densePositions;
};

} // namespace core::sam
