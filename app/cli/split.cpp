// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/dataset_options.h"
#include "app/cli/interrupt.h"
#include "app/cli/share_progress.h"

#include "export/operations/conversion.h"
#include "export/operations/read_dataset.h"
#include "export/operations/split.h"
#include "export/operations/split_writer.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace cli
{
namespace
{

struct SplitCommand {
    std::string input;
    std::string out;
    std::optional<double> train, val, test;
    std::string by = "category";
    DatasetOptions dataset;
    exporters::SplitOptions split;
};

/// None named: 8 : 1 : 1. Otherwise those that are not named are empty.
void setShares(SplitCommand &options)
{
    if (!options.train && !options.val && !options.test) {
        options.train = 0.8;
        options.val = options.test = 0.1;
    }
    options.split.parts = {{"train", options.train.value_or(0)},
                           {"val", options.val.value_or(0)},
                           {"test", options.test.value_or(0)}};
    double sum = 0;
    for (const exporters::SplitPart &part : options.split.parts)
        sum += part.share;
    if (std::abs(sum - 1) > 1e-6)
        throw CLI::ValidationError("--train, --val, --test", "have to add up to 1");
    options.split.byCategory = options.by == "category";
}

int split(const SplitCommand &options)
{
    const Interrupt interrupt;
    ShareProgress progress("Splitting");
    const exporters::ReadResult read =
        exporters::readDataset(options.input, options.dataset.fromFormat(), options.dataset.read(),
                               interrupt.token(), exporters::stage(progress.callback(), 0, 0.5));
    const std::vector<std::size_t> parts = exporters::splitImages(read.dataset, options.split);
    std::vector<std::string> names;
    for (const exporters::SplitPart &part : options.split.parts)
        names.push_back(part.name);
    exporters::DatasetSource source(read.dataset);
    const exporters::Format &to = options.dataset.toFormat();
    const exporters::WriteSummary summary =
        exporters::writeParts(source, parts, names, to, options.out, options.dataset.write(),
                              interrupt.token(), exporters::stage(progress.callback(), 0.5, 1));
    progress.clear();
    for (std::size_t part = 0; part < names.size(); ++part) {
        const auto count = static_cast<std::size_t>(std::ranges::count(parts, part));
        if (count > 0)
            spdlog::info("{}: {}.", names[part], counted(count, "image"));
        else if (options.split.parts[part].share > 0)
            spdlog::warn("{}: no image; there are too few, or too few groups.", names[part]);
    }
    sayLosses(summary, to);
    return sayFindings(read.findings) ? Success : ItemFailed;
}

} // namespace

void addSplit(CLI::App &app, Run &run)
{
    auto options = std::make_shared<SplitCommand>();
    CLI::App *command =
        app.add_subcommand("split", "Parts of a dataset for training, validation and test");
    command->footer(formatList() + "Example: maskwright-cli split all.json --out parts --train 0.7 "
                                   "--val 0.3 --group folder");
    command->add_option("input", options->input, "A file or folder of annotations")->required();
    command
        ->add_option("--out", options->out,
                     "A new folder: train.json, val.json and test.json, or one dataset in formats "
                     "that know parts")
        ->required();
    const auto addShare = [command](const char *name, std::optional<double> &share,
                                    const char *words) {
        command->add_option(name, share, words)->check(CLI::Range(0.0, 1.0));
    };
    addShare("--train", options->train, "Share of the images; without any of the three 0.8");
    addShare("--val", options->val, "0.1");
    addShare("--test", options->test, "0.1");
    command->add_option("--seed", options->split.seed, "Another seed, other parts")
        ->capture_default_str();
    command
        ->add_option("--by", options->by,
                     "category: every part gets its share of every category; none: of the images")
        ->check(CLI::IsMember({"category", "none"}))
        ->capture_default_str();
    command->add_option("--group", options->split.groups,
                        "Images that stay together: folder, the number of a part of the path (1: "
                        "the first folder), or a regular expression whose first parentheses find "
                        "the group in the name");
    addFormatOption(*command, options->dataset)->capture_default_str();
    addReadOptions(*command, options->dataset);
    addWriteOptions(*command, options->dataset);
    command->callback([options, &run] {
        setShares(*options);
        run = [options] { return split(*options); };
    });
}

} // namespace cli
