// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/compact/compact_model.h"

namespace core
{

/// A model's parameters in one tensor, and its gradients and norm statistics in one each: the
/// model's own tensors become views of them. What a step does to all weights (mean of gradients,
/// optimiser, running average, copies) is then a few operators on long vectors instead of some for
/// each of two hundred small tensors, which on a GPU takes longer than the arithmetic.
class FlatWeights
{
public:
    /// The model must not move to another device afterwards.
    explicit FlatWeights(compact::CompactModel &model);

    /// A vector like `values` seen as tensors of the parameters' shapes, in their order.
    std::vector<torch::Tensor> viewsOf(const torch::Tensor &flat) const;
    /// All weights and norm statistics of another model of the same shape.
    void copyFrom(const FlatWeights &other);

    torch::Tensor values;     ///< (n) fp32; parameters start at multiples of 64, zeros between
    torch::Tensor gradients;  ///< (n) fp32, added to by backward()
    torch::Tensor isMatrix;   ///< (n) 1 where a parameter has two dimensions or more
    torch::Tensor statistics; ///< (m) fp32

private:
    std::vector<torch::Tensor> m_shapes;
};

} // namespace core
