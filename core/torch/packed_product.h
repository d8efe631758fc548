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

/// [..., in] -> [..., out], shared out by rows among LibTorch's threads.
torch::Tensor applyPacked(const torch::Tensor &x, const PackedLayer &layer,
                          cpu::Finish finish = cpu::Finish::Nothing);

/// Two layers with GELU between them; of what lies between no more than a few rows are held.
torch::Tensor applyPackedMlp(const torch::Tensor &x, const PackedLayer &in, const PackedLayer &out);

} // namespace core
