// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/packed_matrix.h"
#include "core/torch/tinyvit/folded_convolution.h"

#include <array>
#include <memory>

namespace core::tinyvit
{

/// From pixels to tokens of 4 x 4 of them: two 3x3 convolutions of stride 2 with GELU between them.
class PatchEmbedding
{
public:
    PatchEmbedding(const sam::Weights &weights, const std::string &name);

    /// [1, 3, S, S] with S a multiple of 4 -> [1, S / 4, S / 4, C]
    torch::Tensor operator()(const torch::Tensor &input) const;

private:
    /// A convolution for each row of its weights: [out, 3 in] from three pixels side by side.
    using Rows = std::array<std::shared_ptr<const cpu::PackedMatrix>, 3>;
    static Rows packedRows(const torch::Tensor &weight);
    torch::Tensor byKernels(const torch::Tensor &input) const;

    FoldedConvolution m_first;
    FoldedConvolution m_second;
    Rows m_firstRows; ///< null where the processor has no kernels
    Rows m_secondRows;
};

} // namespace core::tinyvit
