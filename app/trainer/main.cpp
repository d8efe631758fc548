// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"

#include <spdlog/spdlog.h>

int main(int argc, char **argv)
{
    CLI::App app("Trains Maskwright's default model.", "maskwright-trainer");
    app.require_subcommand(1);
    cli::Run run;
    cli::addTrain(app, run);
    cli::addMix(app, run);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? cli::Success : cli::WrongUsage; // --help is 0
    }
    try {
        return run();
    } catch (const std::exception &error) {
        spdlog::error(error.what());
    }
    return cli::ItemFailed;
}
