// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/flat_weights.h"

namespace core
{
namespace
{

/// Kernels read in blocks that want an even start.
std::int64_t roomFor(const torch::Tensor &tensor)
{
    return (tensor.numel() + 63) / 64 * 64;
}

std::int64_t roomFor(const std::vector<torch::Tensor> &tensors)
{
    std::int64_t sum = 0;
    for (const auto &tensor : tensors)
        sum += roomFor(tensor);
    return sum;
}

/// Views of a vector with the shapes and memory layouts of `tensors`.
std::vector<torch::Tensor> viewsLike(const std::vector<torch::Tensor> &tensors,
                                     const torch::Tensor &flat)
{
    std::vector<torch::Tensor> views;
    std::int64_t offset = 0;
    for (const auto &tensor : tensors) {
        views.push_back(flat.as_strided(tensor.sizes(), tensor.strides(), offset));
        offset += roomFor(tensor);
    }
    return views;
}

/// Moves the tensors' values into one vector of which they become views.
torch::Tensor gathered(std::vector<torch::Tensor> tensors, const torch::TensorOptions &options)
{
    const auto flat = torch::zeros({roomFor(tensors)}, options);
    const auto views = viewsLike(tensors, flat);
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        views[i].copy_(tensors[i]);
        tensors[i].set_data(views[i]);
    }
    return flat;
}

std::vector<torch::Tensor> floatBuffers(const compact::CompactModel &model)
{
    std::vector<torch::Tensor> floats;
    for (const auto &buffer : model->buffers()) {
        if (buffer.is_floating_point())
            floats.push_back(buffer);
    }
    return floats;
}

} // namespace

FlatWeights::FlatWeights(compact::CompactModel &model) : m_shapes(model->parameters())
{
    const torch::NoGradGuard noGrad;
    const auto options = m_shapes.front().options().requires_grad(false);
    values = gathered(m_shapes, options);
    gradients = torch::zeros_like(values);
    isMatrix = torch::zeros_like(values);
    const auto gradientViews = viewsOf(gradients), marks = viewsOf(isMatrix);
    for (std::size_t i = 0; i < m_shapes.size(); ++i) {
        m_shapes[i].mutable_grad() = gradientViews[i];
        if (m_shapes[i].dim() >= 2)
            marks[i].fill_(1);
    }
    statistics = gathered(floatBuffers(model), options);
}

std::vector<torch::Tensor> FlatWeights::viewsOf(const torch::Tensor &flat) const
{
    return viewsLike(m_shapes, flat);
}

void FlatWeights::copyFrom(const FlatWeights &other)
{
    const torch::NoGradGuard noGrad;
    values.copy_(other.values);
    statistics.copy_(other.statistics);
}

} // namespace core
