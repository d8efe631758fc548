// SPDX-License-Identifier: Apache-2.0
#include "core/torch/tinyvit/folded_convolution.h"

namespace core::tinyvit
{

FoldedConvolution::FoldedConvolution(const sam::Weights &weights, const std::string &name)
{
    constexpr double epsilon = 1e-5; // of the official batch norm
    const sam::Weights exact = weights.in(torch::kFloat64);
    const torch::Tensor factor =
        exact.get(name + ".bn.weight") / (exact.get(name + ".bn.running_var") + epsilon).sqrt();
    weight = (exact.get(name + ".c.weight") * factor.view({-1, 1, 1, 1})).to(weights.precision());
    bias = (exact.get(name + ".bn.bias") - exact.get(name + ".bn.running_mean") * factor)
               .to(weights.precision());
}

} // namespace core::tinyvit
