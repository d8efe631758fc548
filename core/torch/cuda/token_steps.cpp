// SPDX-License-Identifier: Apache-2.0
#include "core/torch/cuda/token_steps.h"

#include "core/cuda/gelu.h"
#include "core/cuda/residual_norm.h"

#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

namespace core::cuda
{

namespace
{

bool isHalfOnDevice(const torch::Tensor &x)
{
    return x.is_cuda() &&
           (x.scalar_type() == torch::kFloat16 || x.scalar_type() == torch::kBFloat16);
}

Element elementOf(const torch::Tensor &half)
{
    return half.scalar_type() == torch::kBFloat16 ? Element::BFloat16 : Element::Float16;
}

} // namespace

bool canAddAndNorm(const torch::Tensor &tokens)
{
    return isHalfOnDevice(tokens) && canAddAndNorm(static_cast<int>(tokens.size(-1)));
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
               elementOf(a), c10::cuda::getCurrentCUDAStream().stream());
    return {sums, normed};
}

void applyGelu(torch::Tensor &x)
{
    if (!isHalfOnDevice(x) || !x.is_contiguous() || x.numel() % 8 != 0) {
        at::gelu_(x);
        return;
    }
    const c10::cuda::CUDAGuard guard(x.device());
    applyGelu(x.data_ptr(), static_cast<std::size_t>(x.numel()), elementOf(x),
              c10::cuda::getCurrentCUDAStream().stream());
}

} // namespace core::cuda
