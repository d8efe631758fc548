// SPDX-License-Identifier: Apache-2.0
#include "tests/cuda/checks.h"

#include "core/segmentation/automatic_mask_generator.h"
#include "core/torch/cuda/device_input.h"
#include "core/torch/cuda/device_masks.h"
#include "core/torch/cuda/device_memory.h"
#include "core/torch/cuda/fused_attention.h"
#include "core/torch/cuda/kernels.h"
#include "core/torch/cuda/token_steps.h"
#include "core/torch/sam/image_encoder.h"
#include "core/torch/sam/sam_segmenter.h"
#include "core/torch/sam/sam_tensors.h"
#include "core/torch/sam/weights.h"
#include "tests/cuda/test_picture.h"
#include "tests/cuda/timed.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>

namespace
{

using Clock = std::chrono::steady_clock;

/// TFLOP/s of a square product; the ceiling that the encoder is compared with.
double productRate(torch::Device device, torch::ScalarType precision, std::int64_t side)
{
    const auto options = torch::dtype(precision).device(device);
    const torch::Tensor a = torch::randn({side, side}, options);
    const torch::Tensor b = torch::randn({side, side}, options);
    const Times times = timed(
        device, [&] { at::mm(a, b); }, 0.3);
    return 2.0 * double(side) * double(side) * double(side) / times.least * 1e-9;
}

/// Multiplications and additions of one picture, by SAM's own sizes: what windows are padded with
/// and what fused kernels do besides is not counted as work.
double encoderOperations(const core::sam::SamConfig &config)
{
    const auto tokens = double(config.grid() * config.grid());
    const auto channels = double(config.embedDim);
    double operations = tokens * channels * 3 * double(config.patchSize * config.patchSize);
    for (const std::int64_t window : config.windowSizes) {
        const double keys = window == 0 ? tokens : double(window * window);
        operations += tokens * channels * (4 * channels + 2 * double(config.mlpDim));
        operations += tokens * channels * 2 * keys;
    }
    const auto out = double(config.outChannels);
    operations += tokens * out * (channels + 9 * out);
    return 2 * operations;
}

constexpr std::array kernelKinds = {core::cuda::AttentionKernels::LibTorch,
                                    core::cuda::AttentionKernels::Best};

std::string nameOf(core::cuda::AttentionKernels kernels)
{
    return kernels == core::cuda::AttentionKernels::LibTorch ? ", LibTorch's attention" : "";
}

double bestRate = 0; ///< TFLOP/s of float16 products, once measured

void timeClicks(CheckReport &report, core::sam::SamSegmenter &segmenter, torch::Device device,
                core::Size size)
{
    const std::string picture = std::to_string(size.width) + " x " + std::to_string(size.height);
    const core::Image image = testPicture(size);
    report.measured("encode " + picture + ", from pixels, median",
                    timed(device, [&] { segmenter.encode(image.view(), {}, {}); }).median, "ms");
    const auto embedding = segmenter.encode(image.view(), {}, {});
    core::Prompt click;
    click.points = {{{size.width / 2.0, size.height / 2.0}}};
    const auto both = [&](const std::string &what, const std::function<void()> &work) {
        const Times times = timed(device, work);
        report.measured(what + ", median", times.median, "ms");
        report.measured(what + ", 99 %", times.p99, "ms");
    };
    both("click to run lengths of three masks, " + picture, [&] {
        segmenter.decodeRuns(*embedding, {&click, 1}, {});
    });
    both("click to three whole masks and logits, " + picture,
         [&] { segmenter.decode(*embedding, click); });
    click.output = core::MaskOutput::Single;
    both("click to run lengths of one mask, " + picture, [&] {
        segmenter.decodeRuns(*embedding, {&click, 1}, {});
    });
}

} // namespace

void timeModel(CheckReport &report, const std::string &size, torch::Device device)
{
    const c10::InferenceMode inference;
    const core::sam::SamConfig config = core::sam::officialSamConfig(size);
    core::StateDict tensors = core::sam::randomSamTensors(config);
    report.section(size + ", float16");
    const auto prompt = [](std::int64_t points) {
        core::sam::PromptTensors prompts;
        prompts.points = torch::full({1, points, 2}, 500.0f);
        prompts.labels = torch::ones({1, points}, torch::kInt64);
        return prompts;
    };
    for (const auto kernels : kernelKinds) {
        const bool isBest = kernels == core::cuda::AttentionKernels::Best;
        const std::string name = "encoder" + nameOf(kernels);
        const core::sam::ImageEncoder encoder(core::sam::Weights(tensors, device, torch::kFloat16),
                                              config, kernels);
        const torch::Tensor input = torch::randn({1, 3, config.inputSize, config.inputSize},
                                                 torch::dtype(torch::kFloat16).device(device));
        const Times times = timed(
            device, [&] { encoder.forward(input, [](double) {}); }, 0.7);
        const double rate = encoderOperations(config) / times.median * 1e-9;
        report.measured(name + ", median", times.median, "ms");
        report.measured(name + ", least", times.least, "ms");
        report.measured(name + ", rate", rate, "TFLOP/s");
        if (bestRate > 0)
            report.measured(name + ", share of the best product's rate", rate / bestRate, "");
        const torch::Tensor tokens = encoder.addPositions(encoder.embedPatches(input));
        const auto global = static_cast<std::size_t>(
            std::find(config.windowSizes.begin(), config.windowSizes.end(), 0) -
            config.windowSizes.begin());
        const auto block = [&](std::size_t index) {
            return timed(
                       device, [&] { encoder.blocks()[index].forward(tokens); }, 0.1)
                .median;
        };
        report.measured(name + ", a block with global attention", block(global), "ms");
        if (!isBest)
            continue;
        report.measured(name + ", a block with windows", block(0), "ms");
        core::cuda::CapturedCall recorded(
            [&] { return std::vector{encoder.forward(input, [](double) {})}; }, device);
        report.measured(name + ", recorded, median",
                        timed(
                            device, [&] { recorded(); }, 0.5)
                            .median,
                        "ms");
    }
    report.measured("encoder's work", encoderOperations(config) * 1e-12, "TFLOP");
    {
        const core::sam::Weights weights(tensors, device, torch::kFloat32);
        const core::sam::PromptEncoder promptEncoder(weights, config);
        const core::sam::MaskDecoder decoder(weights, config);
        core::sam::ClickDecoder clicks(promptEncoder, decoder, device);
        const torch::Tensor features = torch::randn(
            {1, config.outChannels, config.grid(), config.grid()}, torch::device(device));
        const auto both = [&](const char *what, const std::function<void()> &work) {
            const Times times = timed(device, work);
            report.measured(std::string(what) + ", median", times.median, "ms");
            report.measured(std::string(what) + ", 99 %", times.p99, "ms");
        };
        const auto one = prompt(1), eight = prompt(8);
        both("decode one click, recorded", [&] { clicks.decode(features, one); });
        both("decode eight clicks, recorded", [&] { clicks.decode(features, eight); });
        auto refined = prompt(2);
        refined.masks = torch::zeros({1, 1, config.logitsSize(), config.logitsSize()});
        both("decode two clicks and a mask, recorded", [&] { clicks.decode(features, refined); });
        both("decode one click, kernel by kernel",
             [&] { decodePrompts(promptEncoder, decoder, features, one.to(device)); });
    }
    core::cuda::finish(device);
    core::Runtime runtime;
    runtime.device = device;
    runtime.precision = torch::kFloat16;
    const auto begin = Clock::now();
    core::sam::SamSegmenter segmenter(tensors, "random", runtime);
    report.measured("loading", std::chrono::duration<double>(Clock::now() - begin).count(), "s");
    tensors.clear();
    core::cuda::forgetPeak(device);
    report.measured("memory of the weights", double(core::cuda::peakBytes(device)) * 1e-6, "MB");
    timeClicks(report, segmenter, device, {1800, 1200});
    timeClicks(report, segmenter, device, {4000, 3000});
    report.measured("most memory in use, encoding and clicks",
                    double(core::cuda::peakBytes(device)) * 1e-6, "MB");

    const core::Image image = testPicture({1800, 1200});
    const auto embedding = segmenter.encode(image.view(), {}, {});
    std::vector<core::Prompt> grid;
    for (int y = 0; y < 32; ++y)
        for (int x = 0; x < 32; ++x) {
            core::Prompt &point = grid.emplace_back();
            point.points = {{{(x + 0.5) / 32 * 1800, (y + 0.5) / 32 * 1200}}};
            point.output = core::MaskOutput::Multi;
        }
    // Noise has hundreds of thousands of runs; real pictures drop most answers, so a tenth is kept.
    std::vector<float> ious;
    for (const auto &answers : segmenter.decodeLogits(*embedding, std::span(grid).first(64)))
        for (const core::ScoredLogits &answer : answers)
            ious.push_back(answer.predictedIou);
    std::sort(ious.begin(), ious.end());
    core::RunFilter none, tenth;
    none.predictedIouAbove = 1e9f;
    tenth.predictedIouAbove = ious[ious.size() * 9 / 10];
    const auto seconds = [&](const std::function<void()> &work) {
        work();
        const auto start = Clock::now();
        work();
        return std::chrono::duration<double>(Clock::now() - start).count();
    };
    report.measured("32 x 32 points, decoding alone",
                    seconds([&] { segmenter.decodeRuns(*embedding, grid, none); }), "s");
    report.measured("32 x 32 points, a tenth to run lengths",
                    seconds([&] { segmenter.decodeRuns(*embedding, grid, tenth); }), "s");
    core::MaskGeneratorOptions options;
    options.thresholds.predIouThresh = std::max(tenth.predictedIouAbove, 1e-9f); // 0 is: all
    report.measured("everything in a picture, a tenth kept", seconds([&] {
                        core::AutomaticMaskGenerator generator(image.view(), options);
                        generator.useEmbedding(embedding);
                        while (!generator.isFinished())
                            generator.step(segmenter);
                    }),
                    "s");
    report.measured("most memory in use, everything", double(core::cuda::peakBytes(device)) * 1e-6,
                    "MB");
}

void timeParts(CheckReport &report, torch::Device device)
{
    const c10::InferenceMode inference;
    report.section("Parts");
    const auto half = torch::dtype(torch::kFloat16).device(device);
    bestRate = productRate(device, torch::kFloat16, 8192);
    report.measured("product 8192, float16", bestRate, "TFLOP/s");
    report.measured("product 4096, float32", productRate(device, torch::kFloat32, 4096), "TFLOP/s");
    const auto one = [&](const std::string &what, const std::function<void()> &work) {
        report.measured(what, timed(device, work, 0.1).median, "ms");
    };
    const torch::Tensor tokens = torch::randn({1, 64, 64, 1280}, half);
    const torch::Tensor hidden = torch::randn({1, 64, 64, 5120}, half);
    const torch::Tensor in = torch::randn({5120, 1280}, half);
    const torch::Tensor out = torch::randn({1280, 5120}, half);
    const torch::Tensor bias = torch::randn({5120}, half);
    const torch::Tensor weight = torch::randn({1280}, half);
    one("linear 1280 -> 5120", [&] { at::linear(tokens, in, bias); });
    one("linear 5120 -> 1280", [&] { at::linear(hidden, out, weight); });
    one("gelu of 5120", [&] { at::gelu(hidden); });
    one("linear 1280 -> 5120 and its gelu", [&] {
        torch::Tensor sums = at::linear(tokens, in, bias);
        at::gelu_(sums);
    });
    one("linear 1280 -> 5120 and our gelu", [&] {
        torch::Tensor sums = at::linear(tokens, in, bias);
        core::cuda::applyGelu(sums);
    });
    {
        torch::Tensor own = hidden.clone();
        one("our gelu of 5120, in place", [&] { core::cuda::applyGelu(own); });
        one("gelu of 5120, in place", [&] { at::gelu_(own); });
    }
    one("the same as one product, whose gelu is another one", [&] {
        at::_addmm_activation(bias, tokens.view({4096, 1280}), in.t(), 1, 1, true);
    });
    one("layer norm of 1280", [&] { at::layer_norm(tokens, {1280}, weight, weight, 1e-6); });
    one("sum of two, 1280", [&] { at::add(tokens, tokens); });
    if (!core::cuda::haveKernelsFor(device))
        return;
    const torch::Tensor qkv = torch::randn({4096, 3840}, half);
    for (const std::int64_t side : {64, 14}) {
        const torch::Tensor table = torch::randn({2 * side - 1, 80}, half) * 0.1;
        for (const auto kernels : kernelKinds) {
            const core::cuda::FusedAttention attention({64, side, 16, 80}, table, table, {},
                                                       kernels);
            one(std::string(side == 64 ? "global attention" : "attention in windows") +
                    nameOf(kernels),
                [&] { attention(qkv); });
        }
    }
    for (const core::Size size : {core::Size{1800, 1200}, core::Size{4000, 3000}}) {
        const std::string name = std::to_string(size.width) + " x " + std::to_string(size.height);
        const core::Image image = testPicture(size);
        const core::InputGeometry geometry{
            size, {1024, size.height * 1024 / size.width}, {1024, 1024}};
        one("picture to input, " + name, [&] {
            core::cuda::deviceInput(image.view(), geometry.resized, 1024, device, torch::kFloat16);
        });
        const torch::Tensor logits = at::upsample_bilinear2d(
            torch::randn({1, 3, 12, 12}, torch::device(device)) * 8, {256, 256}, false);
        one("logits to run lengths, three masks, " + name,
            [&] { core::cuda::cutOnDevice(logits[0], geometry, 1.0f); });
    }
}
