// SPDX-License-Identifier: Apache-2.0
#include "tests/cuda/checks.h"
#include "tests/cuda/timed.h"

#include "core/segmentation/resize_longest_side.h"
#include "core/torch/checkpoint/state_dict.h"
#include "core/torch/sam/input_tensor.h"
#include "core/torch/sam/weights.h"
#include "core/torch/tinyvit/mobile_sam.h"
#include "core/torch/tinyvit/tiny_vit.h"

namespace
{

// Those of tests/parity.
constexpr double activationTolerance = 1e-4;
constexpr double embeddingTolerance = 5e-5;
/// Of the embedding's length: half precision through fourteen blocks.
constexpr double halfTolerance = 1e-2;

const std::string folder = TEST_DATA_DIR "/mobile_sam/mobile_small_a/";
constexpr int referenceInput = 256;

double largestDifference(const torch::Tensor &actual, const torch::Tensor &expected)
{
    return (actual.cpu() - expected).abs().max().item<double>();
}

void checkStages(CheckReport &report, torch::Device device)
{
    report.section("MobileSAM's reference tensors, float32 on " + device.str());
    const core::StateDict tensors = core::readCheckpoint(folder + "mobile_small_a.pth");
    const core::StateDict expected = core::readCheckpoint(folder + "image0.safetensors");
    core::tinyvit::TinyVitConfig config = core::tinyvit::tinyVitConfigOf(tensors, "mobile_small_a");
    config.inputSize = referenceInput;
    const core::tinyvit::TinyVit encoder({tensors, device, torch::kFloat32}, config);
    const torch::Tensor pixels = expected.at("image");
    const int width = static_cast<int>(pixels.size(1));
    const core::ImageView view{
        pixels.data_ptr<std::uint8_t>(), {width, static_cast<int>(pixels.size(0))}, width * 3};
    torch::Tensor tokens = encoder.embedPatches(
        core::sam::inputTensor(core::resizeLongestSide(view, referenceInput), referenceInput)
            .to(device));
    for (std::size_t number = 0; number < encoder.stages().size(); ++number) {
        const std::string name = "layer" + std::to_string(number);
        tokens = encoder.stages()[number].forward(tokens, [] {});
        report.atMost(name, largestDifference(tokens.flatten(1, 2), expected.at(name)),
                      activationTolerance);
    }
    report.atMost("embedding",
                  largestDifference(encoder.neck(tokens), expected.at("image_embedding")),
                  embeddingTolerance);
}

void timePublished(CheckReport &report, torch::Device device)
{
    report.section("MobileSAM, random weights, float16");
    const core::StateDict tensors = core::sam::randomTensors(core::tinyvit::mobileSamShapes());
    const core::tinyvit::TinyVitConfig config;
    const auto noProgress = [](double) {};
    const torch::Tensor input = torch::randn({1, 3, config.inputSize, config.inputSize});
    const core::tinyvit::TinyVit exact({tensors, torch::kCPU, torch::kFloat32}, config);
    const core::tinyvit::TinyVit half({tensors, device, torch::kFloat16}, config);
    const torch::Tensor there = input.to(device, torch::kFloat16);
    const torch::Tensor expected = exact.forward(input, noProgress);
    const torch::Tensor actual = half.forward(there, noProgress).cpu().to(torch::kFloat32);
    report.atMost("embedding, beside float32 on the CPU",
                  ((actual - expected).norm() / expected.norm()).item<double>(), halfTolerance);
    const Times times = timed(
        device, [&] { half.forward(there, noProgress); }, 0.5);
    report.measured("encoder, median", times.median, "ms");
    report.measured("encoder, least", times.least, "ms");
}

} // namespace

void checkMobileSam(CheckReport &report, torch::Device device)
{
    const c10::InferenceMode inference;
    checkStages(report, device);
    if (!device.is_cpu())
        timePublished(report, device);
}
