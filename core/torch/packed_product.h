// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cpu/kernels.h"
#include "core/cpu/packed_matrix.h"

#include <torch/torch.h>

#include <memory>

namespace core
{

/// The weights [out, in] as the processor's kernels take them; null where there are no kernels for
/// this processor or this tensor (another device, another precision).
std::shared_ptr<const cpu::PackedMatrix> packMatrix(const torch::Tensor &weight);
/// The same, rounded to bfloat16; null also where there are no kernels for that.
std::shared_ptr<const cpu::PackedPairs> packPairs(const torch::Tensor &weight);

/// A layer, packed; `bias` may be undefined.
template <typename Element>
struct PackedLayerOf {
    const cpu::PackedMatrixOf<Element> &matrix;
    torch::Tensor bias;
};
using PackedLayer = PackedLayerOf<float>;
using PairLayer = PackedLayerOf<cpu::Bf16Pair>;

/// Where a product of some rows goes and what becomes of it.
struct PackedRows {
    std::int64_t aStride = 0; ///< of the factor's rows; 0: they lie one after the other
    bool adds = false;        ///< to what is in c
    cpu::Finish finish = cpu::Finish::Nothing;
    float *c; ///< [rows, columns]
};

/// A product on the calling thread, for those who share out work themselves.
void multiplyRows(const float *a, std::int64_t rows, const PackedLayer &layer,
                  const PackedRows &to);

/// [..., in] -> [..., out], shared out by rows among LibTorch's threads. By a layer of pairs, x is
/// rounded as the weights are.
torch::Tensor applyPacked(const torch::Tensor &x, const PackedLayer &layer,
                          cpu::Finish finish = cpu::Finish::Nothing);
torch::Tensor applyPacked(const torch::Tensor &x, const PairLayer &layer,
                          cpu::Finish finish = cpu::Finish::Nothing);

/// Two layers with GELU between them; of what lies between no more than a few rows are held.
torch::Tensor applyPackedMlp(const torch::Tensor &x, const PackedLayer &in, const PackedLayer &out);
torch::Tensor applyPackedMlp(const torch::Tensor &x, const PairLayer &in, const PairLayer &out);

} // namespace core
