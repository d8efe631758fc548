// SPDX-License-Identifier: Apache-2.0
#include "core/torch/tinyvit/mobile_sam.h"

#include "core/error.h"
#include "core/torch/sam/checkpoint_shapes.h"
#include "core/torch/tinyvit/tiny_vit.h"

namespace core::tinyvit
{

namespace
{

constexpr const char *stemWeight = "image_encoder.patch_embed.seq.0.c.weight";

/// The classifier that TinyViT was first trained with, counters of its training, what follows from
/// other tensors, and constants.
bool isUnused(const std::string &name)
{
    return name.starts_with("image_encoder.head.") ||
           name.starts_with("image_encoder.norm_head.") || name.ends_with(".num_batches_tracked") ||
           name.ends_with(".attention_bias_idxs") || name.ends_with(".attn.ab") ||
           name == "pixel_mean" || name == "pixel_std";
}

StateDict used(StateDict tensors)
{
    std::erase_if(tensors, [](const auto &tensor) { return isUnused(tensor.first); });
    return tensors;
}

void refuseNegativeVariances(const StateDict &tensors, const std::string &modelName)
{
    for (const auto &[name, tensor] : tensors)
        if (name.ends_with(".running_var") && tensor.lt(0).any().item<bool>())
            throw Error(ErrorKind::BadCheckpoint,
                        modelName + " holds negative variances in \"" + name +
                            "\"; its training went wrong or the file is damaged.");
}

sam::SamConfig promptConfig(const TinyVitConfig &encoder)
{
    sam::SamConfig config;
    config.inputSize = encoder.inputSize;
    config.patchSize = TinyVitConfig::patchSize;
    config.outChannels = encoder.outChannels;
    return config;
}

sam::TensorShapes shapesOf(const TinyVitConfig &encoder, const sam::SamConfig &config)
{
    sam::TensorShapes shapes = tinyVitShapes(encoder);
    shapes.merge(sam::promptPartShapes(config));
    return shapes;
}

std::string nameOf(const TinyVitConfig &config)
{
    if (config.stages == TinyVitConfig().stages)
        return "MobileSAM";
    std::string name = "SAM TinyViT";
    char separator = ' ';
    for (const StageConfig &stage : config.stages) {
        name += separator;
        name += std::to_string(stage.channels);
        separator = '-';
    }
    return name;
}

sam::SamParts partsOf(const StateDict &tensors, const std::string &modelName,
                      std::int64_t inputSize)
{
    TinyVitConfig encoder = tinyVitConfigOf(tensors, modelName);
    encoder.inputSize = inputSize;
    sam::SamConfig config = promptConfig(encoder);
    sam::readPromptParts(config, sam::CheckpointShapes(tensors, modelName));
    return {nameOf(encoder), config, shapesOf(encoder, config),
            [encoder, tensors, modelName](const sam::Weights &weights, const Runtime &runtime) {
                if (runtime.device.is_cpu() && runtime.factors() == cpu::Factors::Bf16)
                    throw Error(ErrorKind::DeviceUnavailable,
                                modelName + " is a MobileSAM, which computes in fp32 on the "
                                            "processor; choose fp32.");
                refuseNegativeVariances(tensors, modelName);
                return std::make_unique<TinyVit>(weights, encoder);
            }};
}

} // namespace

bool looksLikeMobileSam(const StateDict &tensors)
{
    return tensors.contains(stemWeight) && tensors.contains("mask_decoder.mask_tokens.weight");
}

MobileSam::MobileSam(const StateDict &tensors, const std::string &modelName, const Runtime &runtime,
                     std::int64_t inputSize)
    : SamSegmenter(used(tensors), partsOf(tensors, modelName, inputSize), modelName, runtime)
{
}

sam::TensorShapes mobileSamShapes()
{
    const TinyVitConfig encoder;
    return shapesOf(encoder, promptConfig(encoder));
}

} // namespace core::tinyvit
