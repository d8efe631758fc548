// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"

#include "core/torch/training/mix_models.h"

#include <spdlog/spdlog.h>

namespace cli
{
namespace
{

struct MixOptions {
    std::filesystem::path first, second;
    double share = 0.5;
    std::filesystem::path out;
};

int mix(const MixOptions &options)
{
    core::mixModels(options.first, options.second, options.share, options.out);
    spdlog::info("The model is in \"{}\".", options.out.string());
    return Success;
}

} // namespace

void addMix(CLI::App &app, Run &run)
{
    auto options = std::make_shared<MixOptions>();
    CLI::App *command = app.add_subcommand("mix", "The mean of two trained models' weights");
    command->footer("Example: maskwright-cli mix before.safetensors after.safetensors --out "
                    "model.safetensors\n"
                    "Useful for two passes of one training, where the mean is often better than "
                    "either.");
    command->add_option("first", options->first, "A model made by train")->required();
    command->add_option("second", options->second, "One that began with it (train --from)")
        ->required();
    command->add_option("--share", options->share, "Of the second one")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->add_option("--out", options->out, "The model, .safetensors")->required();
    command->callback([options, &run] { run = [options] { return mix(*options); }; });
}

} // namespace cli
