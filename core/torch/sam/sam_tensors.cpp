// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/sam_tensors.h"

#include <cmath>

namespace core::sam
{

namespace
{

using Shape = std::vector<std::int64_t>;

class Names
{
public:
    void add(const std::string &name, Shape shape) { m_shapes.emplace(name, std::move(shape)); }

    void linear(const std::string &name, std::int64_t in, std::int64_t out)
    {
        add(name + ".weight", {out, in});
        add(name + ".bias", {out});
    }
    void norm(const std::string &name, std::int64_t channels)
    {
        add(name + ".weight", {channels});
        add(name + ".bias", {channels});
    }
    void convolution(const std::string &name, Shape weight)
    {
        add(name + ".bias", {weight[0]});
        add(name + ".weight", std::move(weight));
    }
    /// MLP of `depth` linear layers, SAM's naming.
    void mlp(const std::string &name, std::int64_t in, std::int64_t hidden, std::int64_t out,
             std::int64_t depth)
    {
        for (std::int64_t layer = 0; layer < depth; ++layer)
            linear(name + ".layers." + std::to_string(layer), layer == 0 ? in : hidden,
                   layer == depth - 1 ? out : hidden);
    }
    void attention(const std::string &name, std::int64_t channels, std::int64_t inner)
    {
        for (const char *projection : {".q_proj", ".k_proj", ".v_proj"})
            linear(name + projection, channels, inner);
        linear(name + ".out_proj", inner, channels);
    }

    TensorShapes take() { return std::move(m_shapes); }

private:
    TensorShapes m_shapes;
};

void addEncoder(Names &names, const SamConfig &c)
{
    const std::string encoder = "image_encoder.";
    const std::int64_t e = c.embedDim;
    names.convolution(encoder + "patch_embed.proj", {e, 3, c.patchSize, c.patchSize});
    if (c.absolutePositions)
        names.add(encoder + "pos_embed", {1, c.grid(), c.grid(), e});
    for (std::int64_t i = 0; i < c.depth(); ++i) {
        const std::string block = encoder + "blocks." + std::to_string(i) + ".";
        names.norm(block + "norm1", e);
        names.norm(block + "norm2", e);
        names.add(block + "attn.qkv.weight", {3 * e, e});
        if (c.qkvBias)
            names.add(block + "attn.qkv.bias", {3 * e});
        names.linear(block + "attn.proj", e, e);
        if (c.relativePositions) {
            const std::int64_t window = c.windowSizes[static_cast<std::size_t>(i)];
            const Shape table = {2 * (window == 0 ? c.grid() : window) - 1, e / c.heads};
            names.add(block + "attn.rel_pos_h", table);
            names.add(block + "attn.rel_pos_w", table);
        }
        names.linear(block + "mlp.lin1", e, c.mlpDim);
        names.linear(block + "mlp.lin2", c.mlpDim, e);
    }
    names.add(encoder + "neck.0.weight", {c.outChannels, e, 1, 1});
    names.norm(encoder + "neck.1", c.outChannels);
    names.add(encoder + "neck.2.weight", {c.outChannels, c.outChannels, 3, 3});
    names.norm(encoder + "neck.3", c.outChannels);
}

void addPromptEncoder(Names &names, const SamConfig &c)
{
    const std::string prompt = "prompt_encoder.";
    const std::int64_t d = c.outChannels;
    const std::int64_t m = c.maskChannels;
    names.add(prompt + "pe_layer.positional_encoding_gaussian_matrix", {2, d / 2});
    for (int i = 0; i < 4; ++i)
        names.add(prompt + "point_embeddings." + std::to_string(i) + ".weight", {1, d});
    names.add(prompt + "not_a_point_embed.weight", {1, d});
    names.add(prompt + "no_mask_embed.weight", {1, d});
    names.convolution(prompt + "mask_downscaling.0", {m / 4, 1, 2, 2});
    names.norm(prompt + "mask_downscaling.1", m / 4);
    names.convolution(prompt + "mask_downscaling.3", {m, m / 4, 2, 2});
    names.norm(prompt + "mask_downscaling.4", m);
    names.convolution(prompt + "mask_downscaling.6", {d, m, 1, 1});
}

void addDecoder(Names &names, const SamConfig &c)
{
    const std::string decoder = "mask_decoder.";
    const std::int64_t d = c.outChannels;
    for (std::int64_t i = 0; i < c.decoderDepth; ++i) {
        const std::string layer = decoder + "transformer.layers." + std::to_string(i) + ".";
        names.attention(layer + "self_attn", d, d);
        names.attention(layer + "cross_attn_token_to_image", d, c.crossAttentionDim);
        names.attention(layer + "cross_attn_image_to_token", d, c.crossAttentionDim);
        names.linear(layer + "mlp.lin1", d, c.decoderMlpDim);
        names.linear(layer + "mlp.lin2", c.decoderMlpDim, d);
        for (int norm = 1; norm <= 4; ++norm)
            names.norm(layer + "norm" + std::to_string(norm), d);
    }
    names.attention(decoder + "transformer.final_attn_token_to_image", d, c.crossAttentionDim);
    names.norm(decoder + "transformer.norm_final_attn", d);
    names.add(decoder + "iou_token.weight", {1, d});
    names.add(decoder + "mask_tokens.weight", {c.maskTokens, d});
    names.add(decoder + "output_upscaling.0.weight", {d, d / 4, 2, 2});
    names.add(decoder + "output_upscaling.0.bias", {d / 4});
    names.norm(decoder + "output_upscaling.1", d / 4);
    names.add(decoder + "output_upscaling.3.weight", {d / 4, d / 8, 2, 2});
    names.add(decoder + "output_upscaling.3.bias", {d / 8});
    for (std::int64_t token = 0; token < c.maskTokens; ++token)
        names.mlp(decoder + "output_hypernetworks_mlps." + std::to_string(token), d, d, d / 8, 3);
    names.mlp(decoder + "iou_prediction_head", d, c.iouHeadDim, c.maskTokens, c.iouHeadDepth);
}

} // namespace

TensorShapes promptPartShapes(const SamConfig &config)
{
    Names names;
    addPromptEncoder(names, config);
    addDecoder(names, config);
    return names.take();
}

TensorShapes samTensorShapes(const SamConfig &config)
{
    Names names;
    addEncoder(names, config);
    TensorShapes shapes = names.take();
    shapes.merge(promptPartShapes(config));
    return shapes;
}

namespace
{

torch::Tensor randomTensor(const std::string &name, const std::vector<std::int64_t> &shape,
                           std::uint64_t seed)
{
    auto generator = torch::make_generator<torch::CPUGeneratorImpl>(seed);
    std::int64_t inputs = 1;
    for (std::size_t axis = 1; axis < shape.size(); ++axis)
        inputs *= shape[axis];
    const double deviation = 1.0 / std::sqrt(static_cast<double>(inputs));
    torch::Tensor tensor = torch::empty(shape);
    tensor.normal_(0.0, shape.size() == 1 ? 0.1 : deviation, generator);
    const bool isNorm =
        name.find("norm") != std::string::npos || name.find(".bn.") != std::string::npos;
    if (name.ends_with("running_var"))
        tensor.abs_().add_(1.0);
    else if (isNorm && name.ends_with(".weight"))
        tensor += 1.0;
    return tensor;
}

} // namespace

StateDict randomTensors(const TensorShapes &shapes)
{
    const std::vector<TensorShapes::value_type> wanted(shapes.begin(), shapes.end());
    std::vector<torch::Tensor> made(wanted.size());
    const auto count = static_cast<std::int64_t>(wanted.size());
    // A seed of its own for each, so that all threads can draw: ViT-H has 640 million numbers.
    at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
        const c10::InferenceMode inference; // it is per thread
        for (std::int64_t i = begin; i < end; ++i) {
            const auto &[name, shape] = wanted[static_cast<std::size_t>(i)];
            made[static_cast<std::size_t>(i)] =
                randomTensor(name, shape, 20240101 + static_cast<std::uint64_t>(i));
        }
    });
    StateDict tensors;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        tensors.emplace(wanted[i].first, std::move(made[i]));
    return tensors;
}

StateDict randomSamTensors(const SamConfig &config)
{
    return randomTensors(samTensorShapes(config));
}

} // namespace core::sam
