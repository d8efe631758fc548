// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/image_passes.h"

namespace core::sam
{

/// From the image's tokens to masks with the processor's kernels: both transposed convolutions are
/// matrix products, since their kernels do not overlap, and each token's sixteen pixels depend on
/// nobody else.
class CpuUpscaling
{
public:
    CpuUpscaling() = default;
    /// The convolutions as matrices [4 C/4, C] and [4 C/8, C/4], rows in the order (y, x, channel).
    CpuUpscaling(const Linear &first, const LayerNorm &norm, const Linear &second);

    bool isReady() const { return m_first.packed != nullptr; }

    /// Of a grid of tokens: sixteen pixels each in the order (dy1, dx1, dy2, dx2).
    struct Pixels {
        std::int64_t grid;
        LentFloats values; ///< [grid x grid x 16, C/8]
    };
    Pixels pixels(std::int64_t grid) const; ///< not filled
    /// Fills in the pixels of the block's tokens.
    void enlarge(const ImagePasses::Block &block, Pixels &pixels) const;

    /// kernels [masks, C/8] -> logits [masks, 4 grid, 4 grid]
    torch::Tensor masks(const Pixels &pixels, const torch::Tensor &kernels) const;

private:
    void finish(float *middle, const ImagePasses::Block &block, Pixels &pixels) const;

    Linear m_first;
    LayerNorm m_norm;
    Linear m_second;
};

} // namespace core::sam
