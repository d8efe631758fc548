// SPDX-License-Identifier: Apache-2.0
// bench_segmenter [MODEL|default|vit_b|vit_l|vit_h|mobile_sam] [cpu|cuda] [THREADS]: times a
// model's stages on a made-up picture, beside the best matrix product this machine reached, and
// prints a Markdown table. vit_b and the like are random weights of SAM's sizes. Needs core and
// core_torch alone, so it runs on a bare GPU server.
#include "core/error.h"
#include "core/segmentation/benchmark.h"
#include "core/torch/gemm_rate.h"
#include "core/torch/load_segmenter.h"
#include "core/torch/random_segmenter.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace
{

/// A slope with a bright disc in the middle.
core::Image picture()
{
    core::Image image({1800, 1200});
    for (int y = 0; y < image.size.height; ++y) {
        std::uint8_t *pixel = image.row(y);
        for (int x = 0; x < image.size.width; ++x, pixel += 3) {
            const bool inside = std::hypot(x - 900, y - 600) < 300;
            pixel[0] = inside ? 230 : static_cast<std::uint8_t>(x / 16);
            pixel[1] = inside ? 200 : static_cast<std::uint8_t>(y / 16);
            pixel[2] = inside ? 40 : 90;
        }
    }
    return image;
}

std::unique_ptr<core::Segmenter> makeSegmenter(const std::string &model,
                                               const core::SegmenterOptions &options)
{
    if (model == "default")
        return core::loadDefaultSegmenter(options);
    if (model.starts_with("vit_") || model == "mobile_sam")
        return core::makeRandomSegmenter(model, options);
    return core::loadSegmenter(model, options);
}

void printReport(core::Segmenter &segmenter, const core::SegmenterOptions &options)
{
    const core::SegmenterInfo &info = segmenter.info();
    const core::Image image = picture();
    std::printf("%s, %s, %.1f M parameters, %s, %s; picture %d x %d\n\n", info.modelName.c_str(),
                info.architecture.c_str(), static_cast<double>(info.parameterCount) / 1e6,
                info.device == core::Device::Cuda ? "CUDA" : "CPU", info.precision.c_str(),
                image.size.width, image.size.height);
    const core::BenchmarkReport report = core::benchmark(segmenter, image.view());
    const std::vector<std::pair<const char *, core::Timing>> rows{
        {"encode", report.encode},
        {"decode, click to logits", report.decodeLogits},
        {"decode, click", report.decodePoint},
        {"decode, box", report.decodeBox},
        {"decode, 16 boxes", report.decodeBatch},
        {"post-processing", report.postprocess},
        {"run lengths", report.runLengths}};
    std::printf("| stage | runs | min ms | median ms | max ms | computed ms "
                "|\n|---|---|---|---|---|---|\n");
    for (const auto &[stage, timing] : rows) {
        std::printf("| %s | %d | %.2f | %.2f | %.2f | %.2f |\n", stage, timing.runs, timing.minimum,
                    timing.median, timing.maximum, timing.computed);
    }
    std::printf("\nmatrix product 2048 x 2048: %.0f GFLOP/s, as a 1x1 convolution %.0f GFLOP/s\n",
                core::gemmRate(2048, options), core::convolutionRate(2048, options));
}

bool parse(std::string_view text, core::DeviceChoice &device)
{
    device = text == "cuda" ? core::DeviceChoice::Cuda : core::DeviceChoice::Cpu;
    return text == "cuda" || text == "cpu";
}

bool parse(std::string_view text, int &threads)
{
    const char *end = text.data() + text.size();
    return std::from_chars(text.data(), end, threads).ptr == end && threads > 0;
}

} // namespace

int main(int argc, char **argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    core::SegmenterOptions options;
    if (arguments.size() > 3 || (arguments.size() > 1 && !parse(arguments[1], options.device)) ||
        (arguments.size() > 2 && !parse(arguments[2], options.threads))) {
        std::fprintf(stderr, "usage: bench_segmenter [MODEL|default|vit_b|vit_l|vit_h|mobile_sam] "
                             "[cpu|cuda] [THREADS]\n");
        return 2;
    }
    try {
        const auto segmenter = makeSegmenter(arguments.empty() ? "default" : arguments[0], options);
        printReport(*segmenter, options);
    } catch (const core::Error &error) {
        std::fprintf(stderr, "bench_segmenter: %s\n", error.what());
        return 1;
    }
    return 0;
}
