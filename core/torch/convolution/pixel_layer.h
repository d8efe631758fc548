// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/packed_matrix.h"
#include <torch/torch.h>

#include <memory>

namespace core
{

/// A 1x1 convolution, a linear layer of each pixel, by the processor's kernels, which there have to
/// be.
class PixelLayer
{
public:
    /// Weights [out, in] or [out, in, 1, 1], bias [out].
    PixelLayer(const torch::Tensor &weight, const torch::Tensor &bias);

    /// [count, in] -> [count, out], on the calling thread.
    void apply(const float *pixels, std::int64_t count, float *out,
               cpu::Finish finish = cpu::Finish::Nothing) const;
    std::int64_t inChannels() const { return m_weights->depth; }
    std::int64_t outChannels() const { return m_bias.size(0); }

private:
    std::shared_ptr<const cpu::PackedMatrix> m_weights;
    torch::Tensor m_bias;
};

} // namespace core
