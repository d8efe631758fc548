// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/evaluation_report.h"
#include "app/cli/interrupt.h"
#include "app/cli/model_options.h"
#include "app/cli/peak_memory.h"
#include "app/cli/picture_doubt.h"
#include "app/cli/progress.h"

#include "core/error.h"
#include "core/image/image_reader.h"
#include "core/segmentation/evaluator.h"
#include "export/files/image_path.h"
#include "export/formats/coco/coco_reader.h"

#include <spdlog/spdlog.h>

#include <iostream>

namespace cli
{
namespace
{

struct EvaluateOptions {
    ModelOptions model;
    std::string images;
    std::string annotations;
    std::size_t limitImages = 40;
    std::size_t limitTargets = 3;
    core::EvaluationOptions protocol;
    bool withoutLogits = false;
    bool wholeOnly = false;
    bool json = false;
};

/// Masks of the first annotations of an image, in the file's order; crowds are no single targets.
std::vector<core::Mask> targetsOf(const core::Dataset &dataset, core::Id imageId, std::size_t limit)
{
    std::vector<core::Mask> targets;
    for (const core::Annotation &annotation : dataset.annotations) {
        if (limit != 0 && targets.size() == limit)
            break;
        if (annotation.imageId == imageId && !annotation.isCrowd && annotation.hasMask())
            targets.push_back(core::decode(annotation.mask));
    }
    return targets;
}

core::Image readImageOf(const core::ImageRecord &record, const std::filesystem::path &folder)
{
    core::Image image =
        core::readImage(exporters::resolveImagePath(folder, record.fileName), sayDoubt);
    if (image.size != record.size) {
        throw core::Error(core::ErrorKind::BadDataset, "\"" + record.fileName +
                                                           "\" does not have the size that its "
                                                           "annotations say.");
    }
    return image;
}

/// A measure on targets of which some are broken would be one of something else.
bool sayBroken(const exporters::Findings &findings)
{
    for (const exporters::Finding &finding : findings.told()) {
        if (finding.severity == exporters::Severity::Error)
            spdlog::error(exporters::toText(finding));
    }
    if (findings.errors() > 0)
        spdlog::error(
            "{} entries are broken, and nothing was measured; \"maskwright-cli validate\" "
            "says more and can write a mended copy.",
            findings.errors());
    return findings.errors() > 0;
}

int evaluate(const EvaluateOptions &options)
{
    const auto [dataset, findings] = exporters::readCoco(options.annotations);
    if (sayBroken(findings))
        return ItemFailed;
    const auto segmenter = makeSegmenter(options.model);
    std::vector<core::ImageRecord> records = dataset.images;
    if (options.limitImages != 0 && records.size() > options.limitImages)
        records.resize(options.limitImages);

    core::EvaluationOptions protocol = options.protocol;
    protocol.carryLogits = !options.withoutLogits;
    protocol.lookCloser = !options.wholeOnly;
    core::Evaluator evaluator(*segmenter, protocol);
    std::vector<std::string> failures;
    {
        const Interrupt interrupt;
        Progress progress("Evaluating", records.size());
        for (std::size_t i = 0; i < records.size() && !interrupt.token().stop_requested(); ++i) {
            try {
                const core::Image image = readImageOf(records[i], options.images);
                const auto targets = targetsOf(dataset, records[i].id, options.limitTargets);
                evaluator.add(image.view(), targets, interrupt.token());
            } catch (const core::Error &error) {
                failures.push_back(error.what());
            }
            progress.done(i + 1);
        }
    }
    const core::EvaluationScores scores = evaluator.scores();
    std::cout << (options.json ? reportJson(scores, protocol, segmenter->info(), peakMemory())
                               : reportText(scores, protocol, segmenter->info(), peakMemory()))
              << std::flush;
    for (const std::string &failure : failures)
        spdlog::error(failure);
    if (scores.targets == 0)
        spdlog::error("\"{}\" has no {}masks for these images.", options.annotations,
                      protocol.smallOnly ? "small " : "");
    return failures.empty() && scores.targets > 0 ? Success : ItemFailed;
}

} // namespace

void addEvaluate(CLI::App &app, Run &run)
{
    auto options = std::make_shared<EvaluateOptions>();
    CLI::App *command =
        app.add_subcommand("evaluate", "Measures a model with a simulated annotator");
    command->footer(
        "Example: maskwright-cli evaluate --images photos --annotations photos.json --model "
        "grabcut");
    command->add_option("--images", options->images, "The folder of the pictures")->required();
    command->add_option("--annotations", options->annotations, "COCO instances: the targets")
        ->required();
    command
        ->add_option("--limit-images", options->limitImages,
                     "The first so many images of the file; 0: all")
        ->capture_default_str();
    command
        ->add_option("--limit-targets", options->limitTargets,
                     "The first so many annotations of each image; 0: all")
        ->capture_default_str();
    command->add_flag("--without-logits", options->withoutLogits,
                      "Ask every click without the logits of the answer before");
    command->add_flag("--focus", options->protocol.focus,
                      "Ask only about every target's surroundings, encoded by themselves");
    command->add_flag("--small", options->protocol.smallOnly,
                      "Only targets that are small on the model's grid");
    command->add_flag("--json", options->json, "JSON instead of a table");
    addLookOption(*command, options->wholeOnly);
    addModelOptions(*command, options->model);
    command->callback([options, &run] { run = [options] { return evaluate(*options); }; });
}

} // namespace cli
