// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/dataset_options.h"
#include "app/cli/interrupt.h"
#include "app/cli/share_progress.h"

#include "export/operations/conversion.h"
#include "export/operations/read_dataset.h"
#include "export/operations/statistics_charts.h"
#include "export/operations/statistics_report.h"

#include <spdlog/spdlog.h>

#include <iostream>

namespace cli
{
namespace
{

struct StatsOptions {
    std::string input;
    std::string plots;
    bool json = false;
    DatasetOptions dataset;
};

int stats(const StatsOptions &options)
{
    const Interrupt interrupt;
    ShareProgress progress("Counting");
    const exporters::ReadResult read =
        exporters::readDataset(options.input, options.dataset.fromFormat(), options.dataset.read(),
                               interrupt.token(), exporters::stage(progress.callback(), 0, 0.5));
    exporters::DatasetSource source(read.dataset);
    const exporters::Statistics statistics = exporters::measure(
        source, interrupt.token(), exporters::stage(progress.callback(), 0.5, 1));
    progress.clear();
    std::cout << (options.json ? reportJson(statistics) : reportText(statistics)) << std::flush;
    if (!options.plots.empty())
        exporters::writeCharts(exporters::statisticsCharts(statistics), options.plots);
    return sayFindings(read.findings) ? Success : ItemFailed;
}

} // namespace

void addStats(CLI::App &app, Run &run)
{
    auto options = std::make_shared<StatsOptions>();
    CLI::App *command = app.add_subcommand("stats", "What is in a dataset: counts and sizes");
    command->footer("Example: maskwright-cli stats photos.json --plots charts");
    command->add_option("input", options->input, "A file or folder of annotations")->required();
    command->add_option("--plots", options->plots,
                        "A folder for charts, each as SVG and as PNG; older ones are replaced");
    command->add_flag("--json", options->json, "JSON instead of text");
    addReadOptions(*command, options->dataset);
    command->callback([options, &run] { run = [options] { return stats(*options); }; });
}

} // namespace cli
