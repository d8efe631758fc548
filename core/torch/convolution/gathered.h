// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/packed_matrix.h"
#include "core/torch/convolution/map_view.h"
#include "core/torch/share_out.h"

#include <memory>

namespace core
{

/// A 3x3 convolution, zeros beyond the map, by the processor's kernels, which there have to be:
/// what a result's weights are multiplied by is gathered and multiplied at once. For strides and
/// for few channels, where WinogradConvolution cannot or gains nothing.
class GatheredConvolution
{
public:
    /// Weights [out, in, 3, 3], bias [out].
    GatheredConvolution(const torch::Tensor &weight, const torch::Tensor &bias,
                        std::int64_t stride = 1);

    /// `out` has a row and column for each `stride` of `in`, rounded up.
    Step step(const MapView &in, const MapView &out, cpu::Finish finish) const;
    /// The rows of `out` from `begin` to `end`, on the calling thread.
    void rows(const MapView &in, const MapView &out, std::int64_t begin, std::int64_t end,
              cpu::Finish finish) const;
    std::int64_t outChannels() const { return m_bias.size(0); }

private:
    void gather(const MapView &in, std::int64_t y, std::int64_t width, float *rows) const;

    std::int64_t m_in, m_stride;
    torch::Tensor m_bias;
    std::shared_ptr<const cpu::PackedMatrix> m_weights; ///< [out, 9 in]
};

} // namespace core
