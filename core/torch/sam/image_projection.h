// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/layers.h"

namespace core::sam
{

/// What is made of the image's tokens once all blocks have changed them: matrix x + bias. A change
/// adds answers to a token, by the shares that the token takes of each, and normalises the sum,
/// which is linear but for one factor a token. So the matrix can be moved to before the change:
///     matrix norm(x + shares answers) = factor (matrix' x + shares matrix' answers) + bias'
/// There are fewer answers than channels. Where matrix' x is known of a picture, that is less work
/// than the matrix on the changed image.
struct ImageProjection {
    torch::Tensor matrix; ///< [D, C]
    torch::Tensor bias;   ///< [D]

    /// Both as they have to be before `norm`: the matrix in the brackets, the bias behind them.
    ImageProjection before(const LayerNorm &norm) const;
};

} // namespace core::sam
