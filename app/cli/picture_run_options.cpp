// SPDX-License-Identifier: Apache-2.0
#include "app/cli/picture_run_options.h"

#include "app/cli/interrupt.h"
#include "app/cli/progress.h"

#include "export/formats.h"

#include <spdlog/spdlog.h>

#include <cstdio>
#include <optional>

namespace cli
{
namespace
{

constexpr unsigned mostShards = 1'000'000;

std::optional<core::Shard> parseShard(const std::string &text)
{
    core::Shard shard;
    int length = 0;
    if (text.size() > 16 || text.find_first_not_of("0123456789/") != std::string::npos ||
        std::sscanf(text.c_str(), "%u/%u%n", &shard.index, &shard.count, &length) != 2 ||
        std::size_t(length) != text.size() || shard.index < 1 || shard.index > shard.count ||
        shard.count > mostShards)
        return std::nullopt;
    return shard;
}

std::string checkShard(const std::string &text)
{
    return parseShard(text) ? "" : text + " is not I/N, with I from 1 to N";
}

} // namespace

core::Shard PictureRunOptions::shard() const
{
    return *parseShard(shardText); // the option takes nothing else
}

void addPictureRunOptions(CLI::App &command, PictureRunOptions &options)
{
    command.add_flag(
        "--resume", options.resume,
        "Go on with a run that was broken off, or take in new pictures; those that are "
        "done stay done, unless they were changed since");
    command
        .add_option("--shard", options.shardText,
                    "I/N: only the pictures whose name falls to the I-th of N "
                    "machines, by a hash that never changes")
        ->check(checkShard)
        ->capture_default_str();
}

exporters::RunReport runWithProgress(const std::string &what,
                                     const std::vector<exporters::Picture> &pictures,
                                     exporters::RunSteps steps)
{
    const Interrupt interrupt;
    Progress progress(what, pictures.size());
    steps.progress = [&progress](std::size_t count) { progress.done(count); };
    return runPictures(pictures, steps, interrupt.token());
}

void sayReport(const exporters::RunReport &report, std::size_t all)
{
    if (report.wasStopped)
        spdlog::warn("Stopped after {} of {} pictures; --resume goes on from here.",
                     report.before + report.done, all);
    if (report.changed == 1)
        spdlog::info("\"{}\" changed since an earlier run did it; done anew.",
                     report.changedPicture);
    if (report.changed > 1)
        spdlog::info("{} pictures, such as \"{}\", changed since an earlier run did them; done "
                     "anew.",
                     report.changed, report.changedPicture);
    for (const std::string &failure : report.failures)
        spdlog::error("{}", failure);
    if (report.failed > report.failures.size())
        spdlog::error("And {} more pictures failed.", report.failed - report.failures.size());
}

std::optional<exporters::WriteSummary>
finishJournal(exporters::PictureJournal &journal, const std::vector<exporters::Picture> &pictures,
              const exporters::RunReport &report, std::vector<core::Category> categories)
{
    if (report.wasStopped)
        return std::nullopt;
    std::vector<std::string> keys;
    keys.reserve(pictures.size());
    for (const exporters::Picture &picture : pictures)
        keys.push_back(picture.name);
    auto summary = journal.write(keys, std::move(categories), *exporters::findFormat("coco"));
    if (report.isComplete())
        journal.remove();
    else
        spdlog::warn("What was done is kept, so that --resume does only what failed.");
    return summary;
}

} // namespace cli
