// SPDX-License-Identifier: Apache-2.0
#include "app/cli/batch_boxes.h"
#include "app/cli/command.h"
#include "app/cli/dataset_options.h"
#include "app/cli/model_options.h"
#include "app/cli/picture_doubt.h"
#include "app/cli/picture_run_options.h"
#include "app/cli/run_records.h"

#include "core/image/image_reader.h"
#include "export/formats.h"
#include "export/operations/box_masks.h"
#include "export/operations/picture_list.h"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace cli
{
namespace
{

struct BatchOptions {
    ModelOptions model;
    PictureRunOptions run;
    std::string folder;
    std::string boxes;
    std::string out;
    bool wholeOnly = false;
};

bool looksCloser(const BatchOptions &options, const core::Segmenter &segmenter)
{
    return segmenter.info().gainsByLookingCloser && !options.wholeOnly;
}

/// What another run must have in common for its results to be ours.
exporters::RunDescription description(const BatchOptions &options, const core::Segmenter &segmenter)
{
    nlohmann::ordered_json work = modelRecord("batch", segmenter.info());
    work["boxes"] = fileDigest(options.boxes);
    work["looks_closer"] = looksCloser(options, segmenter);
    return {work.dump(), placeRecord({options.folder}, options.run)};
}

/// Pictures without a box are in the dataset, too; there the size is all that is needed.
exporters::PictureResult segment(const exporters::Picture &picture,
                                 const std::vector<const exporters::Detection *> &boxes,
                                 const BatchBoxes &all, core::Segmenter &segmenter, bool lookCloser,
                                 const std::stop_token &stop)
{
    exporters::PictureResult result{picture.name, {0, picture.name, {}}, {}};
    if (boxes.empty()) {
        result.image.size = core::readImageSize(picture.path);
        return result;
    }
    const core::Image image = core::readImage(picture.path, sayDoubt);
    result.image.size = image.size;
    result.annotations = exporters::masksOfBoxes(segmenter, image.view(), boxes, all.categoryIds(),
                                                 lookCloser, stop);
    return result;
}

int batch(const BatchOptions &options)
{
    const std::vector<exporters::Picture> all = exporters::picturesIn(options.folder);
    if (all.empty()) {
        spdlog::error("\"{}\" has no pictures.", options.folder);
        return ItemFailed;
    }
    const auto pictures = exporters::picturesOf(all, options.run.shard());
    const auto segmenter = makeSegmenter(options.model);
    const exporters::RunDescription made = description(options, *segmenter);
    if (options.run.resume && exporters::PictureJournal::isFinished(options.out) &&
        isComplete(options.out, made, pictures))
        return Success;
    const BatchBoxes boxes(options.boxes, all, options.run.shard());
    exporters::PictureJournal journal(options.out, made, options.run.resume);
    exporters::RunSteps steps;
    steps.madeAt = [&](const exporters::Picture &picture) { return journal.madeAt(picture.name); };
    steps.work = [&](const exporters::Picture &picture, const std::stop_token &stop) {
        journal.add(segment(picture, boxes.of(picture), boxes, *segmenter,
                            looksCloser(options, *segmenter), stop));
    };
    const exporters::RunReport report = runWithProgress("Boxes to masks", pictures, steps);
    const auto summary = finishJournal(journal, pictures, report, boxes.categories());
    if (summary) {
        spdlog::info("{} in {} of {}.", counted(summary->annotations, "mask"), summary->images,
                     counted(pictures.size(), "picture"));
        sayLosses(*summary, *exporters::findFormat("coco"));
    }
    const bool hasGoodBoxes = boxes.sayProblems();
    sayReport(report, pictures.size());
    return report.isComplete() && hasGoodBoxes ? Success : ItemFailed;
}

} // namespace

void addBatch(CLI::App &app, Run &run)
{
    auto options = std::make_shared<BatchOptions>();
    CLI::App *command = app.add_subcommand(
        "batch", "Boxes that a detector found become masks, for a folder of pictures");
    command->footer("The result is COCO with run lengths; \"score\" is the box's. While it runs, "
                    "F.json.part.jsonl keeps what is done.\n"
                    "Example: maskwright-cli batch photos --boxes found.json --out masks.json");
    command->add_option("folder", options->folder, "Pictures, also in folders inside")
        ->required()
        ->check(CLI::ExistingDirectory);
    command
        ->add_option("--boxes", options->boxes,
                     "COCO annotations, or COCO results whose image_id are names or the numbers "
                     "that the pictures are called by")
        ->required();
    command->add_option("--out", options->out, "F.json")->required();
    addLookOption(*command, options->wholeOnly);
    addPictureRunOptions(*command, options->run);
    addModelOptions(*command, options->model);
    command->callback([options, &run] { run = [options] { return batch(*options); }; });
}

} // namespace cli
