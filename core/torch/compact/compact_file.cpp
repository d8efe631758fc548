// SPDX-License-Identifier: Apache-2.0
#include "core/torch/compact/compact_file.h"

#include "core/error.h"
#include "core/torch/checkpoint/checked_weights.h"
#include "core/torch/checkpoint/shape_text.h"

namespace core::compact
{
namespace
{

constexpr const char *architectureName = "Maskwright compact";

// One weight per width, to read the configuration from.
constexpr const char *stemWeight = "image_encoder.stem.conv.weight";
constexpr const char *embeddingWeight = "image_encoder.embedding.weight";

std::string stageName(int stride)
{
    return "image_encoder.stage" + std::to_string(stride) + ".";
}

std::string entryOf(int stride)
{
    return stageName(stride) + "0.conv.weight";
}

[[noreturn]] void refuse(const std::string &file, const std::string &what)
{
    throw Error(ErrorKind::BadCheckpoint,
                file + " is no usable compact model: " + what + ". Choose another file.");
}

int width(const StateDict &tensors, const std::string &tensor, const std::string &file)
{
    const auto found = tensors.find(tensor);
    if (found == tensors.end())
        refuse(file, tensor + " is missing");
    // Far beyond any sensible width the net would only be a way to use up memory.
    if (found->second.dim() != 4 || found->second.size(0) < 1 || found->second.size(0) > 1024)
        refuse(file, tensor + " has the shape " + shapeText(found->second.sizes().vec()));
    return int(found->second.size(0));
}

/// Residual blocks of a stage, which are numbered from 1 after its first convolution.
int blocks(const StateDict &tensors, int stride)
{
    int count = 0;
    while (tensors.contains(stageName(stride) + std::to_string(count + 1) + ".first.conv.weight"))
        ++count;
    return count;
}

CompactConfig configFrom(const StateDict &tensors, const std::string &file)
{
    CompactConfig config;
    config.stem = width(tensors, stemWeight, file);
    config.stride4 = width(tensors, entryOf(4), file);
    config.stride8 = width(tensors, entryOf(8), file);
    config.stride16 = width(tensors, entryOf(16), file);
    config.stride32 = width(tensors, entryOf(32), file);
    config.blocks4 = blocks(tensors, 4);
    config.blocks8 = blocks(tensors, 8);
    config.blocks16 = blocks(tensors, 16);
    config.blocks32 = blocks(tensors, 32);
    config.embedding = width(tensors, embeddingWeight, file);
    if (config.embedding % (2 * config.heads) != 0)
        refuse(file, std::string(embeddingWeight) + " has a width that its heads do not divide");
    return config;
}

/// Parameters and norm statistics. The norms' count of batches is of no use to anyone.
StateDict weightsOf(const CompactModel &model)
{
    StateDict weights;
    for (const auto &entry : model->named_parameters())
        weights[entry.key()] = entry.value().detach();
    for (const auto &entry : model->named_buffers()) {
        if (entry.value().is_floating_point())
            weights[entry.key()] = entry.value();
    }
    return weights;
}

} // namespace

void saveCompactModel(const std::filesystem::path &file, const CompactModel &model)
{
    StateDict tensors = weightsOf(model);
    for (auto &[name, tensor] : tensors)
        tensor = tensor.cpu().to(tensor.dim() >= 2 ? torch::kHalf : torch::kFloat).contiguous();
    writeSafetensors(file, tensors, {{"architecture", "maskwright-compact"}});
}

bool isCompactModel(const StateDict &tensors)
{
    return tensors.contains(stemWeight) && tensors.contains(embeddingWeight);
}

CompactModel compactModelFrom(const StateDict &tensors, const std::string &name)
{
    const torch::NoGradGuard noGrad;
    CompactModel model(configFrom(tensors, name));
    const StateDict own = weightsOf(model);
    std::map<std::string, std::vector<std::int64_t>> expected;
    for (const auto &[key, tensor] : own)
        expected[key] = tensor.sizes().vec();
    checkTensors(tensors, expected, name, architectureName);
    refuseNonFinite(tensors, name);
    for (const auto &[key, tensor] : own)
        tensor.copy_(tensors.at(key));
    return model;
}

} // namespace core::compact
