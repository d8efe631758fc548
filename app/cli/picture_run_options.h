// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/operations/picture_journal.h"
#include "export/operations/picture_run.h"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cli
{

/// --resume and --shard: what commands share that go through many pictures.
struct PictureRunOptions {
    bool resume = false;
    std::string shardText = "1/1";

    core::Shard shard() const;
};

void addPictureRunOptions(CLI::App &command, PictureRunOptions &options);

/// Runs with a bar, until Ctrl-C.
exporters::RunReport runWithProgress(const std::string &what,
                                     const std::vector<exporters::Picture> &pictures,
                                     exporters::RunSteps steps);

/// How to go on, and the failures, on stderr: the last words of a command. `all`: pictures of the
/// run.
void sayReport(const exporters::RunReport &report, std::size_t all);

/// Makes the target, in COCO, from what the journal has of `pictures`, unless the run was stopped;
/// takes the journal away when nothing failed. Returns what was written, or nothing.
std::optional<exporters::WriteSummary>
finishJournal(exporters::PictureJournal &journal, const std::vector<exporters::Picture> &pictures,
              const exporters::RunReport &report, std::vector<core::Category> categories);

} // namespace cli
