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

/// [..., in] -> [..., out], shared out by rows among LibTorch's threads. `bias` may be undefined.
torch::Tensor applyPacked(const torch::Tensor &x, const cpu::PackedMatrix &matrix,
                          const torch::Tensor &bias, cpu::Finish finish = cpu::Finish::Nothing);

} // namespace core
