// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/aligned_array.h"
#include "core/torch/compact/named_layers.h"

#include <array>
#include <cstdint>
#include <vector>

namespace core::compact
{

/// The mask decoder's hypernetworks by the processor's kernels: what one prompt's masks weight the
/// head's maps with. Of each pixel come columns() sums, the first of them those of the masks.
class CpuMaskWeights
{
public:
    /// Of a decoder on the CPU. There have to be kernels.
    explicit CpuMaskWeights(const NamedLayers &decoder);

    /// From the tokens [masks, C].
    void set(const float *maskTokens);

    static std::int64_t columns();
    /// `sums` [count, columns()] of pixels at stride 4, before the last layer there: a mask's sum
    /// over what that layer makes is a sum over what it takes.
    void coarseSums(const float *pixels, std::int64_t count, float *sums) const
    {
        multiply(m_coarse, m_coarseDepth, m_zeros, pixels, count, sums);
    }
    /// The same at stride 2, with what each mask adds everywhere.
    void fineSums(const float *pixels, std::int64_t count, float *sums) const
    {
        multiply(m_fine, m_fineDepth, m_constants, pixels, count, sums);
    }

private:
    using Mlp = std::array<PixelLayer, 3>;

    void multiply(const cpu::AlignedFloats &panels, std::int64_t depth,
                  const std::vector<float> &bias, const float *pixels, std::int64_t count,
                  float *sums) const;

    std::vector<Mlp> m_hypernetworks;
    torch::Tensor m_coarseLayer, m_coarseBias; ///< [out, in], [out]
    std::int64_t m_coarseDepth, m_fineDepth;
    cpu::AlignedFloats m_coarse, m_fine; ///< packed
    std::vector<float> m_constants, m_zeros;
};

} // namespace core::compact
