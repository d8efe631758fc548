// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include <functional>

namespace cli
{

/// What a subcommand does once the command line has been read; returns the program's exit code.
using Run = std::function<int()>;

enum ExitCode {
    Success = 0,
    ItemFailed = 1, ///< something could not be done; the rest was
    WrongUsage = 2,
};

// One function per subcommand, each in the file of its name: adds itself to `app` and sets `run`
// when chosen. Options that contradict each other throw CLI::ValidationError before anything is
// run.
void addBatch(CLI::App &app, Run &run);
void addBench(CLI::App &app, Run &run);
void addConvert(CLI::App &app, Run &run);
void addEmbed(CLI::App &app, Run &run);
void addEvaluate(CLI::App &app, Run &run);
void addEverything(CLI::App &app, Run &run);
void addMerge(CLI::App &app, Run &run);
void addMix(CLI::App &app, Run &run);
void addModels(CLI::App &app, Run &run);
void addSegment(CLI::App &app, Run &run);
void addServe(CLI::App &app, Run &run);
void addSplit(CLI::App &app, Run &run);
void addStats(CLI::App &app, Run &run);
void addTrain(CLI::App &app, Run &run);
void addValidate(CLI::App &app, Run &run);

} // namespace cli
