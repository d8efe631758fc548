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

    /// Of an image of grid x grid tokens, with kernels [masks, C/8]: logits [masks, 4 grid, 4
    /// grid]. Overwrites the image's projection. The pixels, eight megabytes of them, never exist
    /// as a whole.
    torch::Tensor masks(const ImagePasses &image, std::int64_t grid,
                        const torch::Tensor &kernels) const;

private:
    void enlarge(const ImagePasses &image, std::int64_t first, std::int64_t count,
                 float *pixels) const;

    Linear m_first;
    LayerNorm m_norm;
    Linear m_second;
};

} // namespace core::sam
