// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/dataset_options.h"
#include "app/cli/model_options.h"
#include "app/cli/picture_doubt.h"
#include "app/cli/picture_files.h"
#include "app/cli/picture_run_options.h"
#include "app/cli/run_records.h"

#include "core/error.h"
#include "core/file/atomic_file.h"
#include "core/file/safetensors_facts.h"
#include "core/image/image_reader.h"
#include "export/operations/folder_run.h"
#include "export/operations/picture_list.h"

#include <spdlog/spdlog.h>

namespace cli
{
namespace
{

struct EmbedOptions {
    ModelOptions model;
    PictureRunOptions run;
    std::vector<std::string> inputs;
    std::string out;
};

void embed(const exporters::Picture &picture, core::Segmenter &segmenter,
           const std::filesystem::path &target, const std::stop_token &stop)
{
    const core::Image image = core::readImage(picture.path, sayDoubt);
    const auto embedding = segmenter.encode(image.view(), stop);
    const std::vector<std::byte> bytes = embedding->save();
    const core::SegmenterInfo &info = segmenter.info();
    if (bytes.empty())
        throw core::Error(core::ErrorKind::BadCheckpoint,
                          "The model " + info.modelName + " has no embeddings to keep.");
    core::AtomicFile file(target);
    file.write(core::withFacts(bytes, {{"picture", picture.name},
                                       {"model", info.architecture},
                                       {"weights", info.weightsDigest},
                                       {"precision", info.precision}}));
    file.commit();
}

int embed(const EmbedOptions &options)
{
    const std::vector<std::filesystem::path> inputs(options.inputs.begin(), options.inputs.end());
    const auto all = exporters::listPictures(inputs);
    const auto pictures = exporters::picturesOf(all, options.run.shard());
    const auto segmenter = makeSegmenter(options.model);
    const PictureFiles files(options.out, all, ".safetensors");
    const exporters::FolderRun alone(options.out, options.run.shard(),
                                     {modelRecord("embed", segmenter->info()).dump()},
                                     options.run.resume);
    if (options.run.resume)
        files.removeLeftovers(pictures);
    exporters::RunSteps steps;
    if (options.run.resume)
        steps.isDone = [&](const exporters::Picture &picture) { return files.isThere(picture); };
    steps.work = [&](const exporters::Picture &picture, const std::stop_token &stop) {
        embed(picture, *segmenter, files.fileOf(picture), stop);
    };
    steps.atOnce = static_cast<std::size_t>(segmenter->info().encodesAtOnce);
    const exporters::RunReport report = runWithProgress("Embedding", pictures, steps);
    spdlog::info("{} of {} embedded.", report.done + report.before,
                 counted(pictures.size(), "picture"));
    sayReport(report, pictures.size());
    if (all.empty())
        spdlog::error("There is no picture in the given folders.");
    return report.isComplete() && !all.empty() ? Success : ItemFailed;
}

} // namespace

void addEmbed(CLI::App &app, Run &run)
{
    auto options = std::make_shared<EmbedOptions>();
    CLI::App *command =
        app.add_subcommand("embed", "What the image encoder makes of pictures, for later use");
    command->footer(
        "Each picture gets a .safetensors file with all that a decoder of the model needs: its "
        "tensors as it computed them, and as texts \"picture\", \"model\", \"weights\" (a digest), "
        "\"precision\" and \"geometry\" (width and height of the picture, of the resized and of "
        "the padded one).\n"
        "Example: maskwright-cli embed photos --out embeddings");
    command->add_option("inputs", options->inputs, "Pictures, and folders of pictures")->required();
    command->add_option("--out", options->out, "A folder, made where it is missing")->required();
    addPictureRunOptions(*command, options->run);
    addModelOptions(*command, options->model);
    command->callback([options, &run] { run = [options] { return embed(*options); }; });
}

} // namespace cli
