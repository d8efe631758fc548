// SPDX-License-Identifier: Apache-2.0
#include "app/cli/bench_runs.h"
#include "app/cli/command.h"
#include "app/cli/interrupt.h"
#include "app/cli/json_values.h"
#include "app/cli/model_options.h"
#include "app/cli/peak_memory.h"
#include "app/cli/picture_doubt.h"

#include "core/image/image_reader.h"
#include "core/segmentation/benchmark.h"
#ifdef MASKWRIGHT_WITH_TORCH
#include "core/torch/gemm_rate.h"
#include "core/torch/random_segmenter.h"
#endif

#include <spdlog/fmt/fmt.h>

#include <iostream>
#include <optional>
#include <utility>

namespace cli
{
namespace
{

struct BenchOptions {
    ModelOptions model;
    std::string random;
    std::string image;
    double seconds = 3;
    int masks = 1000;
    std::string masksOf;
    std::string cocoapi;
    bool json = false;
};

/// Where no picture is given; its content does not matter to the time.
core::Image gradient()
{
    core::Image image({1800, 1200});
    for (int y = 0; y < image.size.height; ++y) {
        for (int x = 0; x < image.size.width * 3; ++x)
            image.row(y)[x] = std::uint8_t((x / 3 * (x % 3 + 1) + y) >> 3);
    }
    return image;
}

std::unique_ptr<core::Segmenter> segmenterOf(const BenchOptions &options)
{
#ifdef MASKWRIGHT_WITH_TORCH
    if (!options.random.empty())
        return core::makeRandomSegmenter(options.random, segmenterOptions(options.model));
#endif
    return makeSegmenter(options.model);
}

using Rows = std::vector<std::pair<const char *, core::Timing>>;

/// What this machine can do at best, in GFLOP/s.
struct Ceiling {
    std::string blas;
    std::vector<std::pair<std::string, double>> rates;
};

Ceiling measureCeiling(const BenchOptions &options)
{
    Ceiling ceiling;
#ifdef MASKWRIGHT_WITH_TORCH
    ceiling.blas = core::blasLibrary();
    const core::SegmenterOptions device = segmenterOptions(options.model);
    for (const int side : {768, 2048}) {
        const std::string sides = fmt::format("{0} x {0}", side);
        ceiling.rates.emplace_back("matrix product " + sides, core::gemmRate(side, device));
        ceiling.rates.emplace_back("1x1 convolution " + sides, core::convolutionRate(side, device));
        if (const double rate = core::kernelRate(side, device); rate > 0)
            ceiling.rates.emplace_back("own kernels " + sides, rate);
    }
#else
    static_cast<void>(options);
#endif
    return ceiling;
}

void printTable(const Rows &rows, const Ceiling &ceiling, std::int64_t memory)
{
    std::cout << "| stage | runs | min ms | median ms | max ms | computed ms "
                 "|\n|---|---|---|---|---|---|\n";
    for (const auto &[name, timing] : rows) {
        std::cout << fmt::format("| {} | {} | {:.2f} | {:.2f} | {:.2f} | {:.2f} |\n", name,
                                 timing.runs, timing.minimum, timing.median, timing.maximum,
                                 timing.computed);
    }
    if (!ceiling.blas.empty())
        std::cout << "\nBLAS: " << ceiling.blas;
    for (const auto &[name, rate] : ceiling.rates)
        std::cout << fmt::format("\n{}: {:.1f} GFLOP/s", name, rate);
    std::cout << fmt::format("\npeak memory: {} MB\n", memory / 1'000'000);
}

void printJson(const core::SegmenterInfo &info, core::Size size, const Rows &rows,
               const Ceiling &ceiling, const RunLengthReport &runLengths, std::int64_t memory)
{
    Json stages = Json::object();
    for (const auto &[name, timing] : rows) {
        stages[name] = {{"runs", timing.runs},
                        {"min_ms", rounded(timing.minimum)},
                        {"median_ms", rounded(timing.median)},
                        {"max_ms", rounded(timing.maximum)},
                        {"computed_ms", rounded(timing.computed)}};
    }
    Json rates = Json::object();
    for (const auto &[name, rate] : ceiling.rates)
        rates[name] = rounded(rate, 1);
    const Json report{{"model", info.modelName},     {"architecture", info.architecture},
                      {"precision", info.precision}, {"image", {size.width, size.height}},
                      {"stages", std::move(stages)}, {"blas", ceiling.blas},
                      {"gflops", std::move(rates)},  {"run_lengths", toJson(runLengths)},
                      {"peak_memory_bytes", memory}};
    std::cout << report.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

int bench(const BenchOptions &options)
{
    std::optional<core::CocoApi> coco;
    if (!options.cocoapi.empty())
        coco.emplace(options.cocoapi);
    const core::Image image =
        options.image.empty() ? gradient() : core::readImage(options.image, sayDoubt);
    const auto segmenter = segmenterOf(options);
    const Interrupt interrupt;
    const core::BenchmarkReport report =
        core::benchmark(*segmenter, image.view(), options.seconds, interrupt.token());
    const Rows rows{{"encode", report.encode},
                    {"decode, click to logits", report.decodeLogits},
                    {"decode, click", report.decodePoint},
                    {"decode, box", report.decodeBox},
                    {"decode, 16 boxes", report.decodeBatch},
                    {"post-processing", report.postprocess},
                    {"run lengths", report.runLengths}};
    const Ceiling ceiling = measureCeiling(options);
    const std::int64_t memory = peakMemory(); // of the model alone
    std::vector<core::RleRace> races = options.masksOf.empty()
                                           ? racesOfSamples(options.masks)
                                           : racesOfFile(options.masksOf, interrupt.token());
    const RunLengthReport runLengths = timeRunLengths(std::move(races), options.seconds,
                                                      coco ? &*coco : nullptr, interrupt.token());
    const core::SegmenterInfo &info = segmenter->info();
    if (options.json) {
        printJson(info, image.size, rows, ceiling, runLengths, memory);
    } else {
        std::cout << fmt::format("{} ({}, {}), picture {} x {}\n\n", info.modelName,
                                 info.architecture, info.precision, image.size.width,
                                 image.size.height);
        printTable(rows, ceiling, memory);
        printTable(runLengths);
    }
    return Success;
}

} // namespace

void addBench(CLI::App &app, Run &run)
{
    auto options = std::make_shared<BenchOptions>();
    CLI::App *command = app.add_subcommand(
        "bench", "Times every stage beside what this machine's matrix products can do");
    command->footer("Example: maskwright-cli bench --random vit_b --threads 2");
    command->add_option("--image", options->image,
                        "A picture; 1800 x 1200 made-up pixels otherwise");
#ifdef MASKWRIGHT_WITH_TORCH
    command
        ->add_option("--random", options->random,
                     "Random weights of a published SAM's sizes instead of --model")
        ->check(CLI::IsMember({"vit_b", "vit_l", "vit_h", "mobile_sam"}));
#endif
    command->add_option("--seconds", options->seconds, "Roughly, for each stage")
        ->check(CLI::Range(0.0, 600.0))
        ->capture_default_str();
    command
        ->add_option("--masks", options->masks,
                     "How many made-up masks of each kind run lengths are timed on; 0: none")
        ->check(CLI::Range(0, 100000))
        ->capture_default_str();
    command
        ->add_option("--masks-of", options->masksOf,
                     "A COCO file whose masks are timed instead, those of its commonest size")
        ->check(CLI::ExistingFile);
    command
        ->add_option("--cocoapi", options->cocoapi,
                     "A shared library of COCO's maskApi.c, for comparison; without it run lengths "
                     "stand beside the memory's bandwidth")
        ->envname("MASKWRIGHT_COCOAPI");
    command->add_flag("--json", options->json, "JSON instead of a table");
    addModelOptions(*command, options->model);
    command->callback([options, &run] { run = [options] { return bench(*options); }; });
}

} // namespace cli
