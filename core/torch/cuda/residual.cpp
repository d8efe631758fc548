// SPDX-License-Identifier: Apache-2.0
#include "core/torch/cuda/residual.h"

#include "core/cuda/residual_norm.h"

#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

namespace core::cuda
{

bool canAddAndNorm(const torch::Tensor &tokens)
{
    return tokens.is_cuda() &&
           (tokens.scalar_type() == torch::kFloat16 || tokens.scalar_type() == torch::kBFloat16) &&
           canAddAndNorm(static_cast<int>(tokens.size(-1)));
}

std::pair<torch::Tensor, torch::Tensor> addAndNorm(const torch::Tensor &x, const torch::Tensor &y,
                                                   const torch::Tensor &weight,
                                                   const torch::Tensor &bias, double epsilon)
{
    const c10::cuda::CUDAGuard guard(x.device());
    const torch::Tensor a = x.contiguous();
    const torch::Tensor b = y.contiguous();
    torch::Tensor sums = torch::empty_like(a);
    torch::Tensor normed = torch::empty_like(a);
    const auto channels = static_cast<int>(a.size(-1));
    addAndNorm({a.data_ptr(), b.data_ptr(), weight.data_ptr(), bias.data_ptr(), sums.data_ptr(),
                normed.data_ptr(), static_cast<int>(a.numel() / channels), channels,
                static_cast<float>(epsilon)},
               a.scalar_type() == torch::kBFloat16 ? Element::BFloat16 : Element::Float16,
               c10::cuda::getCurrentCUDAStream().stream());
    return {sums, normed};
}

} // namespace core::cuda
