// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

namespace core::cuda
{

/// Whether core_cuda is linked, which takes a LibTorch with CUDA and a CUDA compiler.
bool haveKernels();

/// Whether core_cuda computes on tensors of this device.
inline bool haveKernelsFor(const torch::Device &device)
{
    return device.is_cuda() && haveKernels();
}

} // namespace core::cuda
