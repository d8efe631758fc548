// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

namespace core::cuda
{

/// Makes a GPU ready for this process, which takes hundreds of megabytes of its memory, unless it
/// was done before; nothing for the CPU. Throws what LibTorch and the driver throw when the GPU
/// cannot be used, and may be tried again then. Before it returned, nothing else may be asked of
/// the GPU: a LibTorch that failed to start is left half made, and crashes when it is used.
void startDevice(torch::Device device);

} // namespace core::cuda
