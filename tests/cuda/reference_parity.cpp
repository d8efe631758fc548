// SPDX-License-Identifier: Apache-2.0
#include "tests/cuda/checks.h"

#include "core/segmentation/logit_rows.h"
#include "core/segmentation/resize_longest_side.h"
#include "core/torch/checkpoint/state_dict.h"
#include "core/torch/cuda/device_input.h"
#include "core/torch/cuda/kernels.h"
#include "core/torch/sam/image_encoder.h"
#include "core/torch/sam/input_tensor.h"
#include "core/torch/sam/sam_segmenter.h"
#include "core/torch/sam/weights.h"

namespace
{

// Those of tests/parity; a GPU's float32 products are as exact as the CPU's, in another order.
constexpr double activationTolerance = 1e-4;
constexpr double embeddingTolerance = 5e-5;
constexpr double tokenTolerance = 1e-4;
constexpr double logitTolerance = 1e-3;
constexpr double iouTolerance = 2e-5;

core::StateDict load(const std::string &name)
{
    return core::readCheckpoint(TEST_DATA_DIR "/sam1/sam_small_a/" + name + ".safetensors");
}

double largestDifference(const torch::Tensor &actual, const torch::Tensor &expected)
{
    const torch::Tensor there = actual.cpu();
    if (there.sizes() != expected.sizes())
        return std::numeric_limits<double>::infinity();
    return (there - expected).abs().max().item<double>();
}

void checkEncoder(CheckReport &report, const core::StateDict &tensors,
                  const core::sam::SamConfig &config, const std::string &picture,
                  torch::Device device)
{
    const core::StateDict expected = load(picture);
    const torch::Tensor &pixels = expected.at("image");
    const int width = static_cast<int>(pixels.size(1));
    const core::ImageView view{
        pixels.data_ptr<std::uint8_t>(), {width, static_cast<int>(pixels.size(0))}, width * 3};
    const auto side = static_cast<int>(config.inputSize);
    const core::Size resized = core::longestSideSize(view.size, side);
    const torch::Tensor plain =
        core::sam::inputTensor(core::resizeLongestSide(view, side), config.inputSize);
    torch::Tensor input = plain.to(device);
    if (core::cuda::haveKernelsFor(device)) {
        input = core::cuda::deviceInput(view, resized, side, device, torch::kFloat32);
        report.atMost(picture + " input", largestDifference(input, plain), 0);
        const torch::Tensor half =
            core::cuda::deviceInput(view, resized, side, device, torch::kFloat16);
        report.atMost(picture + " input, float16",
                      largestDifference(half.to(torch::kFloat32),
                                        plain.to(torch::kFloat16).to(torch::kFloat32)),
                      0);
    }
    const core::sam::ImageEncoder encoder(core::sam::Weights(tensors, device, torch::kFloat32),
                                          config);
    torch::Tensor tokens = encoder.addPositions(encoder.embedPatches(input));
    for (std::size_t block = 0; block < encoder.blocks().size(); ++block) {
        tokens = encoder.blocks()[block].forward(tokens);
        const std::string name = "block" + std::to_string(block);
        report.atMost(picture + " " + name, largestDifference(tokens, expected.at(name)),
                      activationTolerance);
    }
    report.atMost(picture + " embedding",
                  largestDifference(encoder.neck(tokens), expected.at("image_embedding")),
                  embeddingTolerance);
}

/// Prompt encoder and mask decoder from the official prompt tensors; one by one also through
/// ClickDecoder, twice, so that a recording is made and used.
void checkDecoder(CheckReport &report, const core::StateDict &tensors,
                  const core::sam::SamConfig &config, const std::string &picture,
                  torch::Device device)
{
    const core::sam::Weights weights(tensors, device, torch::kFloat32);
    const core::sam::PromptEncoder promptEncoder(weights, config);
    const core::sam::MaskDecoder decoder(weights, config);
    core::sam::ClickDecoder clicks(promptEncoder, decoder, device);
    const torch::Tensor features = load(picture).at("image_embedding").to(device);
    const core::StateDict all = load(picture + "_prompts");
    double tokenError = 0, logitError = 0, iouError = 0;
    for (const auto &[name, expectedTokens] : all) {
        if (!name.ends_with("/hs"))
            continue;
        const std::string prompt = name.substr(0, name.size() - 3);
        const auto find = [&](const char *part) {
            const auto found = all.find(prompt + "/" + part);
            return found == all.end() ? torch::Tensor() : found->second;
        };
        core::sam::PromptTensors prompts;
        prompts.points = find("point_coords_transformed");
        prompts.labels = find("point_labels");
        if (prompts.points.defined() && prompts.points.dim() == 2) {
            prompts.points = prompts.points.unsqueeze(0);
            prompts.labels = prompts.labels.unsqueeze(0);
        }
        prompts.boxes = find("boxes_transformed").defined() ? find("boxes_transformed")
                                                            : find("box_transformed");
        prompts.masks = find("mask_input");
        prompts.batch = expectedTokens.size(0);
        if (prompts.boxes.defined())
            prompts.boxes = prompts.boxes.view({prompts.batch, 4});
        const int rounds = core::sam::ClickDecoder::takes(prompts) ? 3 : 1;
        for (int round = 0; round < rounds; ++round) {
            const auto result =
                round > 0 ? clicks.decode(features, prompts)
                          : decodePrompts(promptEncoder, decoder, features, prompts.to(device));
            tokenError = std::max(tokenError, largestDifference(result.tokens, expectedTokens));
            logitError = std::max(logitError, largestDifference(result.logits.narrow(1, 1, 3),
                                                                find("multi/low_res_logits")));
            logitError = std::max(logitError, largestDifference(result.logits.narrow(1, 0, 1),
                                                                find("single/low_res_logits")));
            iouError = std::max(iouError,
                                largestDifference(result.iou.narrow(1, 1, 3), find("multi/iou")));
        }
    }
    report.atMost(picture + " tokens of all prompts", tokenError, tokenTolerance);
    report.atMost(picture + " logits of all prompts", logitError, logitTolerance);
    report.atMost(picture + " predicted IoU of all prompts", iouError, iouTolerance);
}

} // namespace

void checkReference(CheckReport &report, torch::Device device)
{
    const c10::InferenceMode inference;
    report.section("Reference tensors, float32 on " + device.str());
    const core::StateDict tensors = load("sam_small_a");
    const core::sam::SamConfig config = core::sam::samConfigOf(tensors, "sam_small_a");
    for (const char *picture : {"image0", "image1"}) {
        checkEncoder(report, tensors, config, picture, device);
        checkDecoder(report, tensors, config, picture, device);
    }
}
