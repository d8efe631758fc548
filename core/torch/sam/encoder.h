// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <functional>

namespace core::sam
{

/// What makes an image embedding of a picture: the part in which SAM's family differs.
class Encoder
{
public:
    virtual ~Encoder() = default;

    /// Called after each stage with the share of the work done, 0..1; may throw to stop.
    using StageDone = std::function<void(double)>;

    /// [1, 3, S, S], normalised and padded -> image embedding [1, C, g, g].
    virtual torch::Tensor forward(const torch::Tensor &input, const StageDone &stageDone) const = 0;
};

} // namespace core::sam
