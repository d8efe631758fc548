// SPDX-License-Identifier: Apache-2.0
#include "core/torch/tinyvit/tiny_vit_config.h"

#include "core/torch/sam/checkpoint_shapes.h"

#include <cmath>

namespace core::tinyvit
{

namespace
{

using sam::CheckpointShapes;
using sam::TensorShapes;

constexpr std::int64_t largestWindow = 64; ///< of published models 32; attention grows fast

std::string stageName(std::size_t stage)
{
    return "image_encoder.layers." + std::to_string(stage) + ".";
}

StageConfig readStage(const CheckpointShapes &shapes, std::size_t stage)
{
    const std::string block = stageName(stage) + "blocks.0.";
    const std::string blocks = stageName(stage) + "blocks.";
    if (stage == 0) {
        const auto expand = shapes.of(block + "conv1.c.weight", 4);
        return {expand[1], shapes.count(blocks, ".conv1.c.weight"), expand[0]};
    }
    const auto mlp = shapes.of(block + "mlp.fc1.weight", 2);
    const std::string biasName = block + "attn.attention_biases";
    const auto biases = shapes.of(biasName, 2);
    StageConfig config{mlp[1], shapes.count(blocks, ".mlp.fc1.weight"), mlp[0], biases[0]};
    // One bias for each distance of two tokens of a window, both ways: side x side of them.
    config.window = std::llround(std::sqrt(static_cast<double>(biases[1])));
    if (config.window * config.window != biases[1])
        shapes.fail(biasName, "has " + std::to_string(biases[1]) +
                                  " columns, which are those of no square window");
    if (config.window > largestWindow)
        shapes.fail(biasName,
                    "asks for windows of " + std::to_string(config.window) + " tokens a side");
    if (config.channels % config.heads != 0)
        shapes.fail(biasName, "has " + std::to_string(config.heads) + " rows, one for each head; " +
                                  std::to_string(config.channels) + " channels do not divide so");
    return config;
}

void add(TensorShapes &shapes, const std::string &name, std::int64_t in, std::int64_t out)
{
    shapes[name + ".weight"] = {out, in};
    shapes[name + ".bias"] = {out};
}

void addNorm(TensorShapes &shapes, const std::string &name, std::int64_t channels)
{
    shapes[name + ".weight"] = {channels};
    shapes[name + ".bias"] = {channels};
}

/// A convolution and the batch norm behind it.
void addConvolution(TensorShapes &shapes, const std::string &name, std::int64_t in,
                    std::int64_t out, std::int64_t kernel)
{
    shapes[name + ".c.weight"] = {out, in, kernel, kernel};
    addNorm(shapes, name + ".bn", out);
    shapes[name + ".bn.running_mean"] = {out};
    shapes[name + ".bn.running_var"] = {out};
}

/// Mixing channels, neighbours, channels: the first stage's blocks and what leads to a next stage.
void addSeparable(TensorShapes &shapes, const std::string &name, std::int64_t in,
                  std::int64_t hidden, std::int64_t out)
{
    addConvolution(shapes, name + "conv1", in, hidden, 1);
    addConvolution(shapes, name + "conv2", 1, hidden, 3);
    addConvolution(shapes, name + "conv3", hidden, out, 1);
}

void addWindowBlock(TensorShapes &shapes, const std::string &name, const StageConfig &stage)
{
    addNorm(shapes, name + "attn.norm", stage.channels);
    add(shapes, name + "attn.qkv", stage.channels, 3 * stage.channels);
    add(shapes, name + "attn.proj", stage.channels, stage.channels);
    shapes[name + "attn.attention_biases"] = {stage.heads, stage.window * stage.window};
    addConvolution(shapes, name + "local_conv", 1, stage.channels, 3);
    addNorm(shapes, name + "mlp.norm", stage.channels);
    add(shapes, name + "mlp.fc1", stage.channels, stage.hidden);
    add(shapes, name + "mlp.fc2", stage.hidden, stage.channels);
}

} // namespace

std::int64_t TinyVitConfig::depth() const
{
    std::int64_t blocks = 0;
    for (const StageConfig &stage : stages)
        blocks += stage.depth;
    return blocks;
}

std::int64_t strideInto(std::size_t stage)
{
    return stage == 3 ? 1 : 2;
}

TinyVitConfig tinyVitConfigOf(const StateDict &tensors, const std::string &checkpointName)
{
    const CheckpointShapes shapes(tensors, checkpointName);
    TinyVitConfig config;
    config.stemChannels = shapes.of("image_encoder.patch_embed.seq.0.c.weight", 4)[0];
    for (std::size_t stage = 0; stage < config.stages.size(); ++stage)
        config.stages[stage] = readStage(shapes, stage);
    config.outChannels = shapes.of("image_encoder.neck.0.weight", 4)[0];
    return config;
}

TensorShapes tinyVitShapes(const TinyVitConfig &config)
{
    TensorShapes shapes;
    const std::string encoder = "image_encoder.";
    const auto &stages = config.stages;
    addConvolution(shapes, encoder + "patch_embed.seq.0", 3, config.stemChannels, 3);
    addConvolution(shapes, encoder + "patch_embed.seq.2", config.stemChannels, stages[0].channels,
                   3);
    for (std::size_t stage = 0; stage < stages.size(); ++stage) {
        const StageConfig &sizes = stages[stage];
        for (std::int64_t i = 0; i < sizes.depth; ++i) {
            const std::string block = stageName(stage) + "blocks." + std::to_string(i) + ".";
            if (stage == 0)
                addSeparable(shapes, block, sizes.channels, sizes.hidden, sizes.channels);
            else
                addWindowBlock(shapes, block, sizes);
        }
        if (stage + 1 < stages.size()) {
            const std::int64_t next = stages[stage + 1].channels;
            addSeparable(shapes, stageName(stage) + "downsample.", sizes.channels, next, next);
        }
    }
    const std::int64_t out = config.outChannels;
    shapes[encoder + "neck.0.weight"] = {out, stages.back().channels, 1, 1};
    addNorm(shapes, encoder + "neck.1", out);
    shapes[encoder + "neck.2.weight"] = {out, out, 3, 3};
    addNorm(shapes, encoder + "neck.3", out);
    return shapes;
}

} // namespace core::tinyvit
