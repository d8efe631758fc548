// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"

#include "core/error.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <new>

namespace
{

/// Results go to stdout, everything for people to stderr.
void logToStderr()
{
    auto logger = spdlog::stderr_color_mt("maskwright");
    logger->set_pattern("%^%l%$: %v");
    spdlog::set_default_logger(std::move(logger));
}

int runSafely(const cli::Run &run)
{
    try {
        return run();
    } catch (const core::Error &error) {
        spdlog::error(error.what());
    } catch (const std::bad_alloc &) {
        spdlog::error("There is not enough memory.");
    } catch (const std::exception &error) {
        spdlog::error("Something unexpected went wrong: {}", error.what());
    }
    return cli::ItemFailed;
}

} // namespace

int main(int argc, char **argv)
{
    logToStderr();
    CLI::App app("Masks for the objects in a picture from clicks and boxes.", "maskwright-cli");
    app.set_version_flag("--version", "maskwright-cli " MASKWRIGHT_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    std::string logLevel = "info";
    app.add_option("--log-level", logLevel, "What is said on stderr")
        ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}))
        ->capture_default_str();

    cli::Run run;
    cli::addSegment(app, run);
    cli::addServe(app, run);
    cli::addEverything(app, run);
    cli::addBatch(app, run);
    cli::addEmbed(app, run);
    cli::addConvert(app, run);
    cli::addMerge(app, run);
    cli::addSplit(app, run);
    cli::addStats(app, run);
    cli::addValidate(app, run);
    cli::addEvaluate(app, run);
    cli::addModels(app, run);
    cli::addBench(app, run);
#ifdef MASKWRIGHT_WITH_TORCH
    cli::addTrain(app, run);
    cli::addMix(app, run);
#endif
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? cli::Success : cli::WrongUsage; // --help and --version are 0
    }
    spdlog::set_level(spdlog::level::from_str(logLevel));
    return runSafely(run);
}
