// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/image_projection.h"

namespace core::sam
{

ImageProjection ImageProjection::before(const LayerNorm &norm) const
{
    // Doubles: what is made here is multiplied again for the block before.
    const torch::Tensor exact = matrix.to(torch::kFloat64);
    const torch::Tensor weighted = exact * norm.weight;
    // Every row is made blind to the mean, which the norm takes away.
    return {(weighted - weighted.mean(1, true)).to(matrix.scalar_type()),
            (at::matmul(exact, norm.bias.to(torch::kFloat64)) + bias).to(bias.scalar_type())};
}

} // namespace core::sam
