// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/dataset_options.h"
#include "app/cli/interrupt.h"
#include "app/cli/share_progress.h"

#include "export/operations/conversion.h"
#include "export/operations/merge.h"
#include "export/operations/read_dataset.h"

#include <spdlog/spdlog.h>

namespace cli
{
namespace
{

struct MergeCommand {
    std::vector<std::string> inputs;
    std::string out;
    DatasetOptions dataset;
    exporters::MergeOptions merge;
};

int merge(const MergeCommand &options)
{
    const Interrupt interrupt;
    ShareProgress progress("Merging");
    const double stages = double(options.inputs.size()) + 1;
    exporters::Findings findings;
    std::vector<exporters::MergeInput> inputs;
    for (const std::string &input : options.inputs) {
        const double begin = double(inputs.size()) / stages;
        exporters::ReadResult read = exporters::readDataset(
            input, options.dataset.fromFormat(), options.dataset.read(), interrupt.token(),
            exporters::stage(progress.callback(), begin, begin + 1 / stages));
        findings.append(read.findings);
        inputs.push_back({input, std::move(read.dataset)});
    }
    exporters::MergeResult merged =
        exporters::merge(std::move(inputs), options.merge, interrupt.token());
    findings.append(merged.findings);
    exporters::DatasetSource source(merged.dataset);
    const exporters::Format &to = options.dataset.toFormat();
    const exporters::WriteSummary summary =
        to.write(source, options.out, options.dataset.write(), interrupt.token(),
                 exporters::stage(progress.callback(), 1 - 1 / stages, 1));
    progress.clear();
    spdlog::info("{} and {} from {}.", counted(summary.images, "image"),
                 counted(summary.annotations, "annotation"),
                 counted(options.inputs.size(), "file"));
    if (merged.sharedImages > 0)
        spdlog::info("{} stood in several files; they are one each.",
                     counted(merged.sharedImages, "image"));
    if (merged.duplicates > 0)
        spdlog::info("{} said again what another file had said and were left out.",
                     counted(merged.duplicates, "annotation"));
    if (merged.changedIds > 0)
        spdlog::info("{} were taken and got a new number.", counted(merged.changedIds, "id"));
    sayLosses(summary, to);
    return sayFindings(findings) ? Success : ItemFailed;
}

} // namespace

void addMerge(CLI::App &app, Run &run)
{
    auto options = std::make_shared<MergeCommand>();
    CLI::App *command = app.add_subcommand("merge", "Several datasets become one");
    command->footer("Images of one name are one, categories of one name, too. Ids are kept where "
                    "they are free.\n" +
                    formatList() +
                    "Example: maskwright-cli merge shard-*.json --renumber --out all.json");
    command->add_option("inputs", options->inputs, "Files or folders of annotations")->required();
    command->add_option("--out", options->out, "The new file, or the new folder")->required();
    addFormatOption(*command, options->dataset)->capture_default_str();
    command
        ->add_option("--duplicate-iou", options->merge.duplicateIou,
                     "Annotations of different files, of one image and category, that overlap so "
                     "much are one")
        ->check(CLI::Range(0.01, 1.0))
        ->capture_default_str();
    command->add_flag("--renumber", options->merge.renumber,
                      "Number everything anew in natural order of the images' names: the same "
                      "result however a job was cut into shards");
    addReadOptions(*command, options->dataset);
    addWriteOptions(*command, options->dataset);
    command->callback([options, &run] { run = [options] { return merge(*options); }; });
}

} // namespace cli
