// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/layers.h"

#include "core/torch/cuda/token_steps.h"
#include "core/torch/packed_product.h"
#include "core/torch/sam/weights.h"

namespace core::sam
{

namespace
{

constexpr std::int64_t fewRows = 64; ///< below this a convolution's set-up costs more than it saves

} // namespace

torch::Tensor applyMatrix(const torch::Tensor &x, const torch::Tensor &weight,
                          const torch::Tensor &bias)
{
    const std::int64_t in = weight.size(1);
    const std::int64_t out = weight.size(0);
    const std::int64_t rows = x.numel() / std::max<std::int64_t>(in, 1);
    if (!x.is_cpu() || rows < fewRows)
        return at::linear(x, weight, bias);
    auto shape = x.sizes().vec();
    // One picture of rows x 1 pixels; with a single thread LibTorch 1.13 keeps batches below 16
    // from oneDNN.
    const std::int64_t pictures = rows % 16 == 0 && at::get_num_threads() == 1 ? 16 : 1;
    const torch::Tensor picture =
        x.contiguous().view({pictures, rows / pictures, 1, in}).permute({0, 3, 1, 2});
    const torch::Tensor product =
        at::conv2d(picture, weight.reshape({out, in, 1, 1}), bias).permute({0, 2, 3, 1});
    shape.back() = out;
    return product.reshape(shape);
}

torch::Tensor applyMatrices(const torch::Tensor &x, const torch::Tensor &matrices,
                            const torch::Tensor &biases)
{
    if (!x.is_cpu()) {
        const torch::Tensor product = at::bmm(x, matrices.transpose(1, 2));
        return biases.defined() ? product + biases.unsqueeze(1) : product;
    }
    std::vector<torch::Tensor> products;
    for (std::int64_t i = 0; i < x.size(0); ++i)
        products.push_back(
            applyMatrix(x[i], matrices[i], biases.defined() ? biases[i] : torch::Tensor()));
    return products.size() == 1 ? products.front().unsqueeze(0) : at::stack(products);
}

torch::Tensor gatherPatches(const torch::Tensor &x, std::int64_t k)
{
    const std::int64_t height = x.size(2) / k;
    const std::int64_t width = x.size(3) / k;
    return x.narrow(2, 0, height * k)
        .narrow(3, 0, width * k)
        .reshape({x.size(0), x.size(1), height, k, width, k})
        .permute({0, 2, 4, 1, 3, 5})
        .reshape({x.size(0), height, width, x.size(1) * k * k});
}

torch::Tensor gatherNeighbours(const torch::Tensor &x)
{
    const torch::Tensor padded = at::constant_pad_nd(x, {0, 0, 1, 1, 1, 1});
    std::vector<torch::Tensor> shifted;
    for (std::int64_t dy = 0; dy < 3; ++dy)
        for (std::int64_t dx = 0; dx < 3; ++dx)
            shifted.push_back(padded.narrow(1, dy, x.size(1)).narrow(2, dx, x.size(2)));
    return at::cat(shifted, -1);
}

// On a GPU both are matrix products of gathered pixels: cuDNN rounds the factors of a float32
// convolution to ten bits (TF32) unless the whole program is told otherwise, and takes its time to
// choose an algorithm at the first picture.

torch::Tensor applyToPatches(const torch::Tensor &x, const torch::Tensor &weight,
                             const torch::Tensor &bias)
{
    const std::int64_t side = weight.size(2);
    if (x.is_cpu())
        return at::conv2d(x, weight, bias, {side, side}).permute({0, 2, 3, 1}).contiguous();
    return at::linear(gatherPatches(x, side), weight.flatten(1), bias);
}

torch::Tensor applyToNeighbours(const torch::Tensor &x, const torch::Tensor &weight)
{
    if (x.is_cpu())
        return at::conv2d(x.permute({0, 3, 1, 2}), weight, {}, 1, 1)
            .permute({0, 2, 3, 1})
            .contiguous();
    return at::linear(gatherNeighbours(x), weight.permute({0, 2, 3, 1}).flatten(1));
}

Linear::Linear(const Weights &weights, const std::string &name)
    : weight(weights.get(name + ".weight")), bias(weights.find(name + ".bias"))
{
}

void Linear::pack(cpu::Factors factors)
{
    if (factors == cpu::Factors::Bf16)
        pairs = packPairs(weight);
    else
        packed = packMatrix(weight);
    if (packed || pairs)
        weight.reset();
}

torch::Tensor Linear::operator()(const torch::Tensor &x) const
{
    if (pairs)
        return applyPacked(x, {*pairs, bias});
    return packed ? applyPacked(x, {*packed, bias}) : applyMatrix(x, weight, bias);
}

torch::Tensor geluMlp(const torch::Tensor &x, const Linear &in, const Linear &out)
{
    if (in.pairs && out.pairs)
        return applyPackedMlp(x, {*in.pairs, in.bias}, {*out.pairs, out.bias});
    if (in.packed && out.packed)
        return applyPackedMlp(x, {*in.packed, in.bias}, {*out.packed, out.bias});
    torch::Tensor hidden = in(x);
    cuda::applyGelu(hidden);
    return out(hidden);
}

LayerNorm::LayerNorm(const Weights &weights, const std::string &name, double eps)
    : weight(weights.get(name + ".weight")), bias(weights.get(name + ".bias")), epsilon(eps)
{
}

torch::Tensor LayerNorm::operator()(const torch::Tensor &x) const
{
    return at::layer_norm(x, {x.size(-1)}, weight, bias, epsilon);
}

SumAndNorm addAndNorm(const torch::Tensor &x, const torch::Tensor &y, const LayerNorm &norm)
{
    if (cuda::canAddAndNorm(x)) {
        auto [sum, normed] = cuda::addAndNorm(x, y, norm.weight, norm.bias, norm.epsilon);
        return {std::move(sum), std::move(normed)};
    }
    torch::Tensor sum = x + y;
    torch::Tensor normed = norm(sum);
    return {std::move(sum), std::move(normed)};
}

ReluMlp::ReluMlp(const Weights &weights, const std::string &name, std::int64_t depth)
{
    for (std::int64_t layer = 0; layer < depth; ++layer)
        layers.emplace_back(weights, name + ".layers." + std::to_string(layer)).pack();
}

torch::Tensor ReluMlp::operator()(torch::Tensor x) const
{
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        x = layers[layer](x);
        if (layer + 1 < layers.size())
            x.relu_();
    }
    return x;
}

} // namespace core::sam
