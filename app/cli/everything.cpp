// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/everything_output.h"
#include "app/cli/interrupt.h"
#include "app/cli/model_options.h"
#include "app/cli/progress.h"

#include "core/error.h"
#include "core/image/image_reader.h"
#include "core/image/list_images.h"
#include "core/segmentation/automatic_mask_generator.h"

#include <spdlog/spdlog.h>

namespace cli
{
namespace
{

struct EverythingOptions {
    ModelOptions model;
    std::vector<std::string> inputs;
    std::string out;
    std::string format = "coco";
    std::string category = "object";
    core::MaskGeneratorOptions generator;
};

std::vector<std::filesystem::path> picturesOf(const EverythingOptions &options)
{
    std::vector<std::filesystem::path> pictures;
    for (const std::filesystem::path input : options.inputs) {
        if (!std::filesystem::is_directory(input)) {
            pictures.push_back(input);
            continue;
        }
        const auto listed = core::listImages(input);
        pictures.insert(pictures.end(), listed.begin(), listed.end());
    }
    return pictures;
}

bool isOnePicture(const EverythingOptions &options)
{
    return options.inputs.size() == 1 && !std::filesystem::is_directory(options.inputs.front());
}

std::string nameOf(const std::filesystem::path &picture)
{
    const std::u8string name = picture.filename().u8string();
    return {name.begin(), name.end()};
}

int everything(const EverythingOptions &options)
{
    const auto pictures = picturesOf(options);
    const auto segmenter = makeSegmenter(options.model);
    const auto output = options.format == "sa1b"
                            ? sa1bEverything(options.out, !isOnePicture(options))
                            : cocoEverything(options.out, options.category);
    std::vector<std::string> failures;
    std::size_t found = 0;
    std::size_t finished = 0;
    {
        const Interrupt interrupt;
        Progress progress("Looking for everything", pictures.size());
        for (std::size_t i = 0; i < pictures.size() && !interrupt.token().stop_requested(); ++i) {
            try {
                const core::Image image = core::readImage(pictures[i]);
                const auto masks = core::generateMasks(*segmenter, image.view(), options.generator,
                                                       interrupt.token());
                output->add(nameOf(pictures[i]), image.size, masks);
                found += masks.size();
                ++finished;
            } catch (const core::Error &error) {
                failures.push_back(error.what());
            }
            progress.done(i + 1);
        }
        output->finish();
    }
    spdlog::info("{} masks in {} of {} pictures.", found, finished, pictures.size());
    for (const std::string &failure : failures)
        spdlog::error(failure);
    if (pictures.empty())
        spdlog::error("There is no picture in the given folders.");
    return finished == pictures.size() && finished > 0 ? Success : ItemFailed;
}

/// The options of SAM's generator by their names there.
void addGeneratorOptions(CLI::App &command, core::MaskGeneratorOptions &options)
{
    const auto add = [&command](const char *name, auto &value, const char *words, double least,
                                double most) {
        command.add_option(name, value, words)
            ->check(CLI::Range(least, most))
            ->capture_default_str();
    };
    core::MaskThresholds &thresholds = options.thresholds;
    add("--points-per-side", options.pointsPerSide, "A grid of so many points squared is asked", 1,
        1000);
    add("--points-per-batch", options.pointsPerBatch, "So many at once", 1, 10000);
    add("--pred-iou-thresh", thresholds.predIouThresh,
        "Masks are kept above this predicted IoU; 0: all", 0, 1);
    add("--stability-score-thresh", thresholds.stabilityScoreThresh,
        "Masks are kept from this stability score on; 0: all", 0, 1);
    add("--stability-score-offset", options.stabilityScoreOffset,
        "The stability score compares cuts so far above and below the threshold, in logits", 0,
        100);
    add("--box-nms-thresh", thresholds.boxNmsThresh,
        "Of masks of a crop whose boxes overlap more, the surest is kept", 0, 1);
    add("--crop-n-layers", options.cropNLayers, "Layer i looks at (2^i)^2 parts of the picture too",
        0, 6);
    add("--crop-nms-thresh", thresholds.cropNmsThresh,
        "Of masks of several crops whose boxes overlap more, the smallest crop's is kept", 0, 1);
    add("--crop-overlap-ratio", options.cropOverlapRatio,
        "How far crops overlap, as a share of the picture's shorter side", 0, 1);
    add("--crop-n-points-downscale-factor", options.cropNPointsDownscaleFactor,
        "Layer i has so many times fewer points a side, to the power of i", 1, 100);
    add("--min-mask-region-area", options.minMaskRegionArea,
        "Holes and islands of fewer pixels are removed; 0: none", 0, 1e9);
}

} // namespace

void addEverything(CLI::App &app, Run &run)
{
    auto options = std::make_shared<EverythingOptions>();
    CLI::App *command = app.add_subcommand(
        "everything", "Masks of everything in pictures, without prompts: SAM's mask generator");
    command->footer("Example: maskwright-cli everything photos --out everything.json "
                    "--pred-iou-thresh 0.7");
    command->add_option("inputs", options->inputs, "Pictures, and folders of pictures")->required();
    command
        ->add_option("--out", options->out,
                     "F.json; with --format sa1b and several pictures a folder, where every "
                     "picture gets a file")
        ->required();
    command->add_option("--format", options->format, "Of what is written")
        ->check(CLI::IsMember({"coco", "sa1b"}))
        ->capture_default_str();
    command->add_option("--category", options->category, "Name in the COCO file")
        ->capture_default_str();
    addGeneratorOptions(*command, options->generator);
    addModelOptions(*command, options->model);
    command->callback([options, &run] { run = [options] { return everything(*options); }; });
}

} // namespace cli
