// SPDX-License-Identifier: Apache-2.0
#include "tests/cuda/checks.h"

#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/torch/cuda/device_memory.h"
#include "core/torch/sam/image_encoder.h"
#include "core/torch/sam/sam_segmenter.h"
#include "core/torch/sam/sam_tensors.h"
#include "core/torch/sam/weights.h"
#include "tests/cuda/test_picture.h"

namespace
{

/// Length of the difference over that of what is expected.
double relativeError(const torch::Tensor &actual, const torch::Tensor &expected)
{
    const torch::Tensor there = actual.cpu().to(torch::kFloat32);
    return ((there - expected).norm() / expected.norm()).item<double>();
}

/// What each stage of the encoder gives, on the CPU in float32.
std::vector<torch::Tensor> stagesOf(const core::StateDict &tensors,
                                    const core::sam::SamConfig &config, const torch::Tensor &input,
                                    torch::Device device, torch::ScalarType precision,
                                    core::cuda::AttentionKernels kernels)
{
    const core::sam::ImageEncoder encoder(core::sam::Weights(tensors, device, precision), config,
                                          kernels);
    std::vector<torch::Tensor> stages;
    const auto keep = [&stages](const torch::Tensor &stage) {
        stages.push_back(stage.cpu().to(torch::kFloat32));
    };
    torch::Tensor tokens = encoder.addPositions(encoder.embedPatches(input.to(device, precision)));
    keep(tokens);
    for (const auto &block : encoder.blocks()) {
        tokens = block.forward(tokens);
        keep(tokens);
    }
    keep(encoder.neck(tokens));
    return stages;
}

std::vector<core::Prompt> prompts(core::Size size)
{
    std::vector<core::Prompt> all;
    for (const double x : {0.2, 0.5, 0.8}) {
        core::Prompt &click = all.emplace_back();
        click.points = {{{x * size.width, 0.4 * size.height}}};
    }
    core::Prompt &box = all.emplace_back();
    box.box = core::Box{0.2 * size.width, 0.2 * size.height, 0.7 * size.width, 0.8 * size.height};
    core::Prompt &two = all.emplace_back();
    two.points = {{{0.3 * size.width, 0.3 * size.height}},
                  {{0.9 * size.width, 0.5 * size.height}, core::PointLabel::Background}};
    return all;
}

struct Agreement {
    double logits = 0; ///< largest difference over the largest logit
    double pixels = 0; ///< that differ, the largest share; masks of noise may be empty
    double set = 0;    ///< the share of pixels that are in the expected masks, of all together
    double score = 0;  ///< largest difference of predicted IoU
};

Agreement compare(const std::vector<std::vector<core::MaskCandidate>> &actual,
                  const std::vector<std::vector<core::MaskCandidate>> &expected)
{
    Agreement result;
    std::int64_t masks = 0;
    for (const auto &candidates : expected)
        masks += std::int64_t(candidates.size());
    for (std::size_t i = 0; i < actual.size(); ++i) {
        for (std::size_t m = 0; m < actual[i].size(); ++m) {
            const core::MaskCandidate &a = actual[i][m];
            const core::MaskCandidate &e = expected[i][m];
            const torch::Tensor logits = torch::tensor(e.logits.values);
            result.logits =
                std::max(result.logits, ((torch::tensor(a.logits.values) - logits).abs().max() /
                                         logits.abs().max())
                                            .item<double>());
            const double different =
                double(core::area(core::combine(core::encode(a.mask), core::encode(e.mask),
                                                core::SetOperation::SymmetricDifference)));
            result.pixels = std::max(result.pixels, different / double(a.mask.size.area()));
            result.set +=
                double(core::area(core::encode(e.mask))) / double(e.mask.size.area() * masks);
            result.score =
                std::max(result.score, double(std::abs(a.predictedIou - e.predictedIou)));
        }
    }
    return result;
}

} // namespace

void checkModel(CheckReport &report, const std::string &size, torch::Device device)
{
    const c10::InferenceMode inference;
    const core::sam::SamConfig config = core::sam::officialSamConfig(size);
    const core::StateDict tensors = core::sam::randomSamTensors(config);

    report.section(size + ", random weights, relative error against float32 on the CPU");
    auto generator = torch::make_generator<torch::CPUGeneratorImpl>(5);
    torch::Tensor input = torch::empty({1, 3, config.inputSize, config.inputSize});
    input.normal_(0.0, 1.0, generator);
    const auto expected = stagesOf(tensors, config, input, torch::kCPU, torch::kFloat32,
                                   core::cuda::AttentionKernels::LibTorch);
    struct Run {
        const char *name;
        torch::ScalarType precision;
        double limit; ///< of the embedding
        core::cuda::AttentionKernels kernels;
    };
    constexpr auto best = core::cuda::AttentionKernels::Best;
    // Half precision keeps 11 bits: 5e-4 for each of a few dozen layers that add up.
    for (const Run &run : {Run{"float32", torch::kFloat32, 1e-4, best},
                           Run{"float16, LibTorch's attention", torch::kFloat16, 2e-2,
                               core::cuda::AttentionKernels::LibTorch},
                           Run{"float16", torch::kFloat16, 2e-2, best},
                           Run{"bfloat16", torch::kBFloat16, 1.5e-1, best}}) {
        const auto stages = stagesOf(tensors, config, input, device, run.precision, run.kernels);
        for (std::size_t i = 0; i < stages.size(); ++i) {
            const double error = relativeError(stages[i], expected[i]);
            const std::string name = std::string(run.name) + " stage " + std::to_string(i);
            if (i + 1 == stages.size())
                report.atMost(std::string(run.name) + " embedding", error, run.limit);
            else if (i < 4 || i + 2 == stages.size())
                report.measured(name, error, "");
        }
    }

    report.section(size + ", from the picture to masks, against float32 on the CPU");
    const core::Image picture = testPicture({1800, 1200});
    const auto questions = prompts(picture.size);
    const auto answers = [&](torch::Device where, torch::ScalarType precision) {
        core::Runtime runtime;
        runtime.device = where;
        runtime.precision = precision;
        core::sam::SamSegmenter segmenter(tensors, "random", runtime);
        const auto embedding = segmenter.encode(picture.view(), {}, {});
        segmenter.decodeBatch(*embedding, questions); // recorded; the second time it is replayed
        auto batch = segmenter.decodeBatch(*embedding, questions);
        for (std::size_t i = 0; i < questions.size(); ++i)
            if (i != 1) // the second stays as it came in a batch
                batch[i] = segmenter.decode(*embedding, questions[i]);
        return batch;
    };
    const auto onCpu = answers(torch::kCPU, torch::kFloat32);
    const Agreement exact = compare(answers(device, torch::kFloat32), onCpu);
    report.measured("share of pixels in the masks", exact.set, "");
    report.atMost("float32 logits", exact.logits, 1e-3);
    report.atMost("float32 share of pixels that differ", exact.pixels, 1e-4);
    report.atMost("float32 predicted IoU", exact.score, 1e-3);
    const Agreement half = compare(answers(device, torch::kFloat16), onCpu);
    report.atMost("float16 logits", half.logits, 0.1);
    report.atMost("float16 share of pixels that differ (noise)", half.pixels, 1e-2);
    report.atMost("float16 predicted IoU", half.score, 0.05);
}
