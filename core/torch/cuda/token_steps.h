// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <utility>

namespace core::cuda
{

/// Whether addAndNorm() takes such tokens: half precision on a GPU, the channels of SAM's published
/// sizes.
bool canAddAndNorm(const torch::Tensor &tokens);

/// x + y, and its layer norm over the channels; one kernel (core/cuda/residual_norm.h).
std::pair<torch::Tensor, torch::Tensor> addAndNorm(const torch::Tensor &x, const torch::Tensor &y,
                                                   const torch::Tensor &weight,
                                                   const torch::Tensor &bias, double epsilon);

/// GELU in place: of half precision on a GPU by core/cuda/gelu.h, elsewhere by LibTorch.
void applyGelu(torch::Tensor &x);

} // namespace core::cuda
