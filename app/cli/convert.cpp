// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/dataset_options.h"
#include "app/cli/interrupt.h"
#include "app/cli/share_progress.h"

#include "export/operations/conversion.h"

#include <spdlog/spdlog.h>

namespace cli
{
namespace
{

struct ConvertOptions {
    std::string input;
    std::string out;
    DatasetOptions dataset;
};

int convert(const ConvertOptions &options)
{
    const Interrupt interrupt;
    ShareProgress progress("Converting");
    const exporters::Format &to = options.dataset.toFormat();
    const exporters::Conversion done = exporters::convert(
        options.input, options.out,
        {options.dataset.fromFormat(), &to, options.dataset.read(), options.dataset.write()},
        interrupt.token(), progress.callback());
    progress.clear();
    spdlog::info("{} and {} from {} to {}.", counted(done.summary.images, "image"),
                 counted(done.summary.annotations, "annotation"), done.from->title(), to.title());
    sayLosses(done.summary, to);
    return sayFindings(done.findings) ? Success : ItemFailed;
}

} // namespace

void addConvert(CLI::App &app, Run &run)
{
    auto options = std::make_shared<ConvertOptions>();
    CLI::App *command =
        app.add_subcommand("convert", "A dataset of one format becomes one of another");
    command->footer(formatList() +
                    "Example: maskwright-cli convert photos.json --to coco --segmentation polygon "
                    "--out polygons.json");
    command->add_option("input", options->input, "A file or folder of annotations")->required();
    addFormatOption(*command, options->dataset)->required();
    command->add_option("--out", options->out, "The new file, or the new folder")->required();
    addReadOptions(*command, options->dataset);
    addWriteOptions(*command, options->dataset);
    command->callback([options, &run] { run = [options] { return convert(*options); }; });
}

} // namespace cli
