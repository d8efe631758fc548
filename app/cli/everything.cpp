// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/everything_output.h"
#include "app/cli/model_options.h"
#include "app/cli/picture_doubt.h"
#include "app/cli/picture_files.h"
#include "app/cli/picture_run_options.h"
#include "app/cli/run_records.h"

#include "core/image/image_reader.h"
#include "core/segmentation/automatic_mask_generator.h"
#include "core/segmentation/suggested_thresholds.h"
#include "export/operations/file_run.h"
#include "export/operations/folder_run.h"
#include "export/operations/picture_list.h"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <optional>

namespace cli
{
namespace
{

struct EverythingOptions {
    ModelOptions model;
    PictureRunOptions run;
    std::vector<std::string> inputs;
    std::string out;
    std::string format = "coco";
    std::string category = "object";
    core::MaskGeneratorOptions generator;
    bool hasThresholds = false; ///< the user said which masks are kept
};

std::vector<core::GeneratedMask> look(const core::Image &image, core::Segmenter &segmenter,
                                      const EverythingOptions &options, const std::stop_token &stop)
{
    return core::generateMasks(segmenter, image.view(), options.generator, stop);
}

/// What another run must have in common for its results to be ours.
exporters::RunDescription description(const EverythingOptions &options,
                                      const core::Segmenter &segmenter)
{
    const core::MaskGeneratorOptions &g = options.generator;
    const core::MaskThresholds &t = g.thresholds;
    nlohmann::ordered_json work = modelRecord("everything", segmenter.info());
    work["grid"] = {g.pointsPerSide, g.pointsPerBatch, g.stabilityScoreOffset};
    if (g.suggestsThresholds)
        work["thresholds"] = {"suggested", t.boxNmsThresh, t.cropNmsThresh};
    else
        work["thresholds"] = {t.predIouThresh, t.stabilityScoreThresh, t.boxNmsThresh,
                              t.cropNmsThresh};
    work["crops"] = {g.cropNLayers, g.cropOverlapRatio, g.cropNPointsDownscaleFactor};
    work["area"] = g.minMaskRegionArea;
    if (options.format == "coco")
        work["category"] = options.category;
    return {work.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace),
            placeRecord(options.inputs, options.run)};
}

/// A run's pictures, all and of the shard, and what became of them.
struct EverythingRun {
    std::vector<exporters::Picture> all;
    std::vector<exporters::Picture> pictures;
    exporters::RunReport report;
    std::size_t found = 0;
    bool isOver = false; ///< it was before
};

void makeCoco(const EverythingOptions &options, core::Segmenter &segmenter, EverythingRun &run)
{
    const exporters::RunDescription made = description(options, segmenter);
    if (options.run.resume && exporters::PictureJournal::isFinished(options.out) &&
        isComplete(options.out, made, run.pictures)) {
        run.isOver = true;
        return;
    }
    exporters::PictureJournal journal(options.out, made, options.run.resume);
    exporters::RunSteps steps;
    steps.madeAt = [&](const exporters::Picture &picture) { return journal.madeAt(picture.name); };
    steps.work = [&](const exporters::Picture &picture, const std::stop_token &stop) {
        const core::Image image = core::readImage(picture.path, sayDoubt);
        journal.add(cocoResult(picture, image.size, look(image, segmenter, options, stop)));
    };
    run.report = runWithProgress("Looking for everything", run.pictures, steps);
    core::Category category;
    category.id = 1;
    category.name = options.category;
    const auto summary = finishJournal(journal, run.pictures, run.report, {category});
    run.found = summary ? summary->annotations : 0;
}

void makeSa1b(const EverythingOptions &options, core::Segmenter &segmenter, EverythingRun &run)
{
    const bool isOne =
        options.inputs.size() == 1 && !std::filesystem::is_directory(options.inputs.front());
    std::optional<PictureFiles> files;
    std::optional<exporters::FolderRun> alone;
    std::optional<exporters::FileRun> aloneOnFile;
    if (isOne) {
        aloneOnFile.emplace(options.out);
    } else {
        files.emplace(options.out, run.all, ".json");
        alone.emplace(options.out, options.run.shard(), description(options, segmenter),
                      options.run.resume);
    }
    if (files && options.run.resume)
        files->removeLeftovers(run.pictures);
    exporters::RunSteps steps;
    if (files && options.run.resume)
        steps.madeAt = [&](const exporters::Picture &picture) { return files->madeAt(picture); };
    steps.work = [&](const exporters::Picture &picture, const std::stop_token &stop) {
        const core::Image image = core::readImage(picture.path, sayDoubt);
        const auto masks = look(image, segmenter, options, stop);
        writeSa1b(files ? files->fileOf(picture) : std::filesystem::path(options.out), picture,
                  image.size, masks);
        run.found += masks.size();
    };
    run.report = runWithProgress("Looking for everything", run.pictures, steps);
}

int everything(EverythingOptions options)
{
    EverythingRun run;
    const std::vector<std::filesystem::path> inputs(options.inputs.begin(), options.inputs.end());
    run.all = exporters::listPictures(inputs);
    if (run.all.empty()) {
        spdlog::error("There is no picture in the given folders.");
        return ItemFailed;
    }
    run.pictures = exporters::picturesOf(run.all, options.run.shard());
    const auto segmenter = makeSegmenter(options.model);
    options.generator.suggestsThresholds =
        !options.hasThresholds && !core::hasScoresOfSam(segmenter->info());
    if (options.generator.suggestsThresholds)
        spdlog::info("The thresholds follow from what is found in each picture, as this model's "
                     "scores are not SAM's; --pred-iou-thresh and --stability-score-thresh set "
                     "them.");
    (options.format == "coco" ? makeCoco : makeSa1b)(options, *segmenter, run);
    if (run.isOver)
        return Success;
    if (!run.report.wasStopped)
        spdlog::info("{} masks in {} of {} pictures.", run.found,
                     run.report.done + run.report.before, run.pictures.size());
    sayReport(run.report, run.pictures.size());
    return run.report.isComplete() ? Success : ItemFailed;
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
    command->footer("The thresholds are SAM's. A model that is no SAM has other scores: unless one "
                    "of --pred-iou-thresh and --stability-score-thresh is given, what is kept "
                    "follows from the better ones of the objects found in the picture, as in the "
                    "window.\n"
                    "Example: maskwright-cli everything photos --out everything.json "
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
    addPictureRunOptions(*command, options->run);
    addGeneratorOptions(*command, options->generator);
    addModelOptions(*command, options->model);
    command->callback([options, command, &run] {
        options->hasThresholds = command->count("--pred-iou-thresh") > 0 ||
                                 command->count("--stability-score-thresh") > 0;
        run = [options] { return everything(*options); };
    });
}

} // namespace cli
