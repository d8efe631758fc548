// SPDX-License-Identifier: Apache-2.0
#include "core/torch/sam/sam_config.h"

#include "core/error.h"
#include "core/torch/sam/checkpoint_shapes.h"

#include <algorithm>

namespace core::sam
{

namespace
{

/// Published models take 1024. Attention grows with the fourth power of this, so a bound keeps a
/// small hostile file from asking for all the memory.
constexpr std::int64_t largestInput = 4096;

std::string blockName(std::int64_t block)
{
    return "image_encoder.blocks." + std::to_string(block) + ".";
}

/// A table of relative positions has one row for each distance from -(side-1) to side-1.
std::int64_t sideOfTable(const CheckpointShapes &shapes, const std::string &name)
{
    const std::int64_t rows = shapes.of(name, 2)[0];
    if (rows % 2 == 0)
        shapes.fail(name, "has an even number of rows");
    return (rows + 1) / 2;
}

void readEncoder(SamConfig &config, const CheckpointShapes &shapes)
{
    const std::string encoder = "image_encoder.";
    const auto patch = shapes.of(encoder + "patch_embed.proj.weight", 4);
    config.embedDim = patch[0];
    config.patchSize = patch[3];
    const std::int64_t depth = shapes.count(encoder + "blocks.", ".norm1.weight");
    if (depth == 0)
        shapes.of(blockName(0) + "norm1.weight", 1);
    config.mlpDim = shapes.of(blockName(0) + "mlp.lin1.weight", 2)[0];
    config.qkvBias = shapes.has(blockName(0) + "attn.qkv.bias");
    config.absolutePositions = shapes.has(encoder + "pos_embed");
    config.relativePositions = shapes.has(blockName(0) + "attn.rel_pos_h");

    std::vector<std::int64_t> sides;
    for (std::int64_t block = 0; config.relativePositions && block < depth; ++block)
        sides.push_back(sideOfTable(shapes, blockName(block) + "attn.rel_pos_h"));
    std::int64_t grid = 0;
    if (config.absolutePositions)
        grid = shapes.of(encoder + "pos_embed", 4)[1];
    else if (config.relativePositions)
        grid = *std::ranges::max_element(sides);
    else
        shapes.of(encoder + "pos_embed", 4);
    config.inputSize = grid * config.patchSize;
    if (config.inputSize > largestInput || grid > largestInput / 8)
        shapes.fail(config.absolutePositions ? encoder + "pos_embed"
                                             : blockName(0) + "attn.rel_pos_h",
                    "asks for an input of " + std::to_string(config.inputSize) + " pixels");
    config.windowSizes.assign(static_cast<std::size_t>(depth), 0);
    for (std::size_t block = 0; block < sides.size(); ++block)
        if (sides[block] < grid)
            config.windowSizes[block] = sides[block];

    std::int64_t headDim = 64;
    if (config.relativePositions)
        headDim = shapes.of(blockName(0) + "attn.rel_pos_h", 2)[1];
    if (config.embedDim % headDim != 0)
        shapes.fail(encoder + "patch_embed.proj.weight",
                    "has " + std::to_string(config.embedDim) + " channels, not a multiple of the " +
                        std::to_string(headDim) + " of an attention head");
    config.heads = config.embedDim / headDim;
    config.outChannels = shapes.of(encoder + "neck.0.weight", 4)[0];
}

} // namespace

void readPromptParts(SamConfig &config, const CheckpointShapes &shapes)
{
    const std::string decoder = "mask_decoder.";
    const std::string transformer = decoder + "transformer.";
    config.decoderDepth = shapes.count(transformer + "layers.", ".norm1.weight");
    if (config.decoderDepth == 0)
        shapes.of(transformer + "layers.0.norm1.weight", 1);
    config.decoderMlpDim = shapes.of(transformer + "layers.0.mlp.lin1.weight", 2)[0];
    const std::string cross = transformer + "final_attn_token_to_image.q_proj.weight";
    config.crossAttentionDim = shapes.of(cross, 2)[0];
    config.decoderHeads = std::clamp<std::int64_t>(config.crossAttentionDim / 4, 1, 8);
    if (config.crossAttentionDim % config.decoderHeads != 0 ||
        config.outChannels % config.decoderHeads != 0)
        shapes.fail(cross, "has " + std::to_string(config.crossAttentionDim) +
                               " rows, which do not divide into attention heads");
    if (config.outChannels % 8 != 0)
        shapes.fail("image_encoder.neck.0.weight", "has a number of rows that is no multiple of 8");
    config.maskTokens = shapes.of(decoder + "mask_tokens.weight", 2)[0];
    if (config.maskTokens < 2)
        shapes.fail(decoder + "mask_tokens.weight", "has only one row");
    config.iouHeadDepth = shapes.count(decoder + "iou_prediction_head.layers.", ".weight");
    config.iouHeadDim = shapes.of(decoder + "iou_prediction_head.layers.0.weight", 2)[0];
    const std::string stem = "prompt_encoder.mask_downscaling.3.weight";
    config.maskChannels = shapes.of(stem, 4)[0];
    if (config.maskChannels % 4 != 0)
        shapes.fail(stem, "has a number of rows that is no multiple of 4");
}

bool looksLikeSam(const StateDict &tensors)
{
    return tensors.contains("image_encoder.patch_embed.proj.weight") &&
           tensors.contains("mask_decoder.mask_tokens.weight");
}

SamConfig samConfigOf(const StateDict &tensors, const std::string &checkpointName)
{
    const CheckpointShapes shapes(tensors, checkpointName);
    SamConfig config;
    readEncoder(config, shapes);
    readPromptParts(config, shapes);
    return config;
}

SamConfig officialSamConfig(const std::string &name)
{
    SamConfig config;
    std::int64_t depth = 0;
    std::int64_t globalEvery = 0;
    if (name == "vit_b") {
        depth = 12, globalEvery = 3;
    } else if (name == "vit_l") {
        config.embedDim = 1024, config.heads = 16, config.mlpDim = 4096;
        depth = 24, globalEvery = 6;
    } else if (name == "vit_h") {
        config.embedDim = 1280, config.heads = 16, config.mlpDim = 5120;
        depth = 32, globalEvery = 8;
    } else {
        throw Error(ErrorKind::BadCheckpoint,
                    "\"" + name + "\" is no published size of SAM; use vit_b, vit_l or vit_h.");
    }
    for (std::int64_t block = 1; block <= depth; ++block)
        config.windowSizes.push_back(block % globalEvery == 0 ? 0 : 14);
    return config;
}

std::string architectureName(const SamConfig &config)
{
    const auto is = [&](std::int64_t channels, std::int64_t blocks) {
        return config.embedDim == channels && config.depth() == blocks;
    };
    if (is(768, 12))
        return "SAM ViT-B";
    if (is(1024, 24))
        return "SAM ViT-L";
    if (is(1280, 32))
        return "SAM ViT-H";
    return "SAM ViT " + std::to_string(config.embedDim) + "x" + std::to_string(config.depth());
}

} // namespace core::sam
