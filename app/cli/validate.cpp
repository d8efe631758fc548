// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/interrupt.h"
#include "app/cli/json_values.h"
#include "app/cli/progress.h"

#include "core/error.h"
#include "export/formats.h"
#include "export/validation/validate.h"

#include <spdlog/spdlog.h>

#include <iostream>

namespace cli
{
namespace
{

struct ValidateCommand {
    std::string file;
    std::string from;
    std::string images;
    std::string fixed;
    bool json = false;
};

const char *severityOf(const exporters::Finding &finding)
{
    return finding.severity == exporters::Severity::Error ? "error" : "warning";
}

std::string reportText(const exporters::Findings &findings)
{
    std::string text;
    for (const exporters::Finding &finding : findings.told())
        text += std::string(severityOf(finding)) + " [" + finding.rule + "] " +
                exporters::toText(finding) + "\n";
    const std::size_t more = findings.errors() + findings.warnings() - findings.told().size();
    if (more > 0)
        text += "and " + std::to_string(more) + " more.\n";
    return text;
}

std::string reportJson(const exporters::Validation &validation, const std::string &file)
{
    Json list = Json::array();
    for (const exporters::Finding &finding : validation.findings.told())
        list.push_back({{"severity", severityOf(finding)},
                        {"rule", finding.rule},
                        {"file", finding.file},
                        {"place", finding.place},
                        {"sentence", finding.sentence}});
    const Json report{{"file", file},
                      {"format", validation.format->name()},
                      {"images", validation.dataset.images.size()},
                      {"categories", validation.dataset.categories.size()},
                      {"annotations", validation.dataset.annotations.size()},
                      {"errors", validation.findings.errors()},
                      {"warnings", validation.findings.warnings()},
                      {"findings", std::move(list)}};
    return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void writeFixed(const exporters::Validation &validation, const ValidateCommand &options,
                const std::stop_token &stop)
{
    std::error_code ignored;
    if (std::filesystem::equivalent(options.file, options.fixed, ignored))
        throw core::Error(core::ErrorKind::FileUnwritable, "The mended copy would write over \"" +
                                                               options.file +
                                                               "\"; name another file with --fix.");
    exporters::DatasetSource source(validation.dataset);
    const exporters::WriteSummary summary =
        validation.format->write(source, options.fixed, {.imageFolder = options.images}, stop);
    spdlog::info("\"{}\": {} annotations in {} images.", options.fixed, summary.annotations,
                 summary.images);
    for (const exporters::Loss &loss : summary.losses)
        spdlog::info("{}: {}", loss.what, loss.count);
}

int validate(const ValidateCommand &options)
{
    const Interrupt interrupt;
    exporters::Validation validation;
    {
        constexpr std::size_t steps = 1000;
        Progress progress("Reading", steps);
        validation = exporters::validate(
            options.file, {exporters::findFormat(options.from), options.images}, interrupt.token(),
            [&](double share) { progress.done(std::size_t(share * double(steps))); });
    }
    std::cout << (options.json ? reportJson(validation, options.file)
                               : reportText(validation.findings))
              << std::flush;
    const bool isRead = !validation.dataset.images.empty() || validation.findings.errors() == 0;
    spdlog::info("{}: {} images, {} annotations, {} errors, {} warnings.",
                 validation.format->title(), validation.dataset.images.size(),
                 validation.dataset.annotations.size(), validation.findings.errors(),
                 validation.findings.warnings());
    if (!options.fixed.empty() && isRead)
        writeFixed(validation, options, interrupt.token());
    else if (!options.fixed.empty())
        spdlog::error("Nothing could be read, and no copy was written.");
    return validation.findings.isEmpty() ? Success : ItemFailed;
}

std::vector<std::string> readableFormats()
{
    std::vector<std::string> names;
    for (const auto &format : exporters::allFormats()) {
        if (format->canRead())
            names.emplace_back(format->name());
    }
    return names;
}

} // namespace

void addValidate(CLI::App &app, Run &run)
{
    auto options = std::make_shared<ValidateCommand>();
    CLI::App *command = app.add_subcommand(
        "validate", "Looks for what is broken in annotations, and what others read wrong");
    command->footer("Example: maskwright-cli validate instances.json --images photos --fix "
                    "mended.json\n\nEvery finding has a rule in brackets. The exit status is 1 if "
                    "there is one. The mended copy is of the same format: broken entries are left "
                    "out, areas, boxes, ids and names are put right, and unknown keys are kept; "
                    "masks of COCO files are run lengths there.");
    command->add_option("input", options->file, "A file or a folder of annotations")->required();
    command->add_option("--from", options->from, "The format, where it cannot be told")
        ->check(CLI::IsMember(readableFormats()));
    command
        ->add_option("--images", options->images,
                     "The folder of the pictures, to see whether they fit")
        ->check(CLI::ExistingDirectory);
    command->add_option("--fix", options->fixed, "Where to write a mended copy");
    command->add_flag("--json", options->json, "JSON instead of lines");
    command->callback([options, &run] { run = [options] { return validate(*options); }; });
}

} // namespace cli
