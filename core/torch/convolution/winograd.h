// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/aligned_array.h"
#include "core/torch/convolution/map_view.h"
#include "core/torch/share_out.h"

namespace core
{

/// What becomes of a convolution once it is summed.
struct Ending {
    bool isRectified = false;
    const float *added = nullptr; ///< before that: a map of the result's shape, or the result
};

/// A 3x3 convolution of stride 1 that keeps height and width, zeros beyond the map, by the
/// processor's kernels, which there have to be. Winograd's F(2x2, 3x3): a tile of 2x2 results is
/// sixteen products' sums, less than half of what its nine weights a pixel would take.
class WinogradConvolution
{
public:
    /// Weights [out, in, 3, 3], bias [out].
    WinogradConvolution(const torch::Tensor &weight, const torch::Tensor &bias,
                        std::int64_t dilation = 1);

    /// `in` and `out` overlap nowhere.
    Step step(const MapView &in, const MapView &out, const Ending &ending) const;
    std::int64_t outChannels() const { return m_bias.size(0); }

private:
    struct Task;
    void pack(std::int64_t panel, const float *weights);
    void compute(const Task &task, std::size_t piece) const;

    std::int64_t m_in, m_panels, m_panelStride, m_dilation;
    cpu::AlignedFloats m_weights; ///< of each of the sixteen products: packed panels
    torch::Tensor m_bias;
};

} // namespace core
