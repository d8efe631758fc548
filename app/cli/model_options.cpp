// SPDX-License-Identifier: Apache-2.0
#include "app/cli/model_options.h"

#include "core/error.h"
#include "core/image/grabcut_segmenter.h"
#include "core/segmentation/fake_segmenter.h"
#ifdef MASKWRIGHT_WITH_TORCH
#include "core/torch/gemm_rate.h"
#endif

#include <spdlog/spdlog.h>

#include <regex>

namespace cli
{
namespace
{

std::string checkDevice(const std::string &text)
{
    static const std::regex device("auto|cpu|cuda(:[0-9]{1,3})?");
    return std::regex_match(text, device) ? "" : text + " is not auto, cpu, cuda or cuda:N";
}

} // namespace

#ifdef MASKWRIGHT_WITH_TORCH
core::SegmenterOptions segmenterOptions(const ModelOptions &options)
{
    core::SegmenterOptions result;
    result.threads = options.threads;
    if (options.device == "cpu")
        result.device = core::DeviceChoice::Cpu;
    if (options.device.starts_with("cuda")) {
        result.device = core::DeviceChoice::Cuda;
        if (const auto colon = options.device.find(':'); colon != std::string::npos)
            result.cudaIndex = std::stoi(options.device.substr(colon + 1));
    }
    if (options.precision == "fp32")
        result.precision = core::PrecisionChoice::Fp32;
    if (options.precision == "bf16")
        result.precision = core::PrecisionChoice::Bf16;
    if (options.precision == "fp16")
        result.precision = core::PrecisionChoice::Fp16;
    return result;
}
#endif

void addModelOptions(CLI::App &command, ModelOptions &options)
{
    command
        .add_option("--model", options.model,
                    "default; a checkpoint file (SAM, MobileSAM); grabcut (OpenCV's, no model); "
                    "fake (discs, to try things out)")
        ->capture_default_str();
    command.add_option("--device", options.device, "auto, cpu, cuda or cuda:N")
        ->check(checkDevice)
        ->capture_default_str();
    command
        .add_option("--precision", options.precision,
                    "What the image encoder computes in. auto: fp32 on the CPU, fp16 on CUDA. On "
                    "the CPU bf16 is quicker and less exact, and needs AVX512-BF16")
        ->check(CLI::IsMember({"auto", "fp32", "bf16", "fp16"}))
        ->capture_default_str();
    command.add_option("--threads", options.threads, "0: as many as there are cores")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
}

void addLookOption(CLI::App &command, bool &wholeOnly)
{
    command.add_flag("--whole-only", wholeOnly,
                     "Ask about the picture as a whole only. Otherwise the default model looks at "
                     "what it found once more, closer, which takes longer and makes better masks");
}

bool hasTensors(const ModelOptions &options)
{
#ifdef MASKWRIGHT_WITH_TORCH
    return options.model != "grabcut" && options.model != "fake";
#else
    static_cast<void>(options);
    return false;
#endif
}

std::unique_ptr<core::Segmenter> makeSegmenter(const ModelOptions &options)
{
    if (options.model == "grabcut")
        return std::make_unique<core::GrabCutSegmenter>();
    if (options.model == "fake")
        return std::make_unique<core::FakeSegmenter>();
#ifdef MASKWRIGHT_WITH_TORCH
    if (const std::string warning = core::slowBlasWarning(); !warning.empty())
        spdlog::warn(warning);
    auto segmenter = options.model == "default"
                         ? core::loadDefaultSegmenter(segmenterOptions(options))
                         : core::loadSegmenter(options.model, segmenterOptions(options));
    if (const std::string &problem = segmenter->info().gpuProblem; !problem.empty())
        spdlog::warn("{} The CPU computes instead.", problem);
    return segmenter;
#else
    if (options.model != "default") {
        throw core::Error(core::ErrorKind::BadCheckpoint,
                          "\"" + options.model +
                              "\" cannot be loaded: this program was built without LibTorch and "
                              "knows the models grabcut and fake.");
    }
    spdlog::warn("This program was built without LibTorch; the default model is a fake.");
    return std::make_unique<core::FakeSegmenter>();
#endif
}

} // namespace cli
