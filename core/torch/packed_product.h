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

/// A layer, packed; `bias` may be undefined.
struct PackedLayer {
    const cpu::PackedMatrix &matrix;
    torch::Tensor bias;
};

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

/// [..., in] -> [..., out], shared out by rows among LibTorch's threads.
torch::Tensor applyPacked(const torch::Tensor &x, const PackedLayer &layer,
                          cpu::Finish finish = cpu::Finish::Nothing);

/// Two layers with GELU between them; of what lies between no more than a few rows are held.
torch::Tensor applyPackedMlp(const torch::Tensor &x, const PackedLayer &in, const PackedLayer &out);

} // namespace core
