// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/segmenter.h"

#include <torch/torch.h>

namespace core
{

/// What every embedding made by LibTorch can show: for files and for comparing with other
/// implementations.
class TorchEmbedding : public ImageEmbedding
{
public:
    /// [1, C, h, w]: the tensor the architecture calls its image embedding.
    virtual torch::Tensor imageEmbedding() const = 0;

protected:
    using ImageEmbedding::ImageEmbedding;
};

} // namespace core
