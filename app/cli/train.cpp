// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/interrupt.h"
#include "app/cli/training_scenes.h"

#include "core/torch/training/trainer.h"
#include "core/training/remembered_scenes.h"

#include <spdlog/spdlog.h>

namespace cli
{
namespace
{

struct TrainOptions {
    core::TrainingOptions training;
    core::SceneOptions scenes;
    std::filesystem::path cache;
    double memoryGigabytes = 2;
    std::filesystem::path out;
    std::filesystem::path checkpoint;
    std::filesystem::path begin;
};

int train(const TrainOptions &options)
{
    const TrainingScenes painted(options.training.seed, options.scenes, options.cache);
    const core::RememberedScenes scenes(painted, std::size_t(options.memoryGigabytes * 1e9));
    core::SceneOptions heldOutOptions = options.scenes;
    heldOutOptions.split = core::SceneSplit::Validation;
    const core::RenderedScenes heldOut(options.training.seed, heldOutOptions);
    core::TrainingFiles files{options.checkpoint, options.out, options.begin};
    if (files.checkpoint.empty())
        files.checkpoint = options.out.string() + ".training";

    const Interrupt interrupt;
    const bool isComplete = core::train(
        scenes, heldOut, options.training, files,
        [](const std::string &line) { spdlog::info(line); }, interrupt.token());
    if (!isComplete) {
        spdlog::warn("Stopped before its end. The same command goes on from \"{}\"; the model as "
                     "it is now is in \"{}\".",
                     files.checkpoint.string(), options.out.string());
        return ItemFailed;
    }
    spdlog::info("The model is in \"{}\".", options.out.string());
    return Success;
}

void addLengthOptions(CLI::App &command, core::TrainingOptions &training)
{
    auto *steps = command.add_option("--steps", training.steps,
                                     "Length in steps; the same steps, seed and scenes give the "
                                     "same weights");
    command.add_option("--minutes", training.minutes, "Length by the clock, over all resumed runs")
        ->excludes(steps)
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command.add_option("--checkpoint-minutes", training.checkpointMinutes, "Between checkpoints")
        ->capture_default_str();
    command
        .add_option("--held-out-minutes", training.heldOutMinutes,
                    "Between measurements on held-out scenes; 0: none")
        ->capture_default_str();
}

void addRecipeOptions(CLI::App &command, core::TrainingOptions &training)
{
    const auto side = CLI::Validator(
        [](const std::string &text) {
            const int value = std::atoi(text.c_str());
            return value >= 64 && value % 32 == 0
                       ? std::string()
                       : std::string("must be a multiple of 32 from 64 on");
        },
        "MULTIPLE OF 32");
    command.add_option("--side", training.side, "Training crops, pixels")
        ->check(side)
        ->capture_default_str();
    command.add_option("--final-side", training.finalSide, "Training crops at the end, pixels")
        ->check(side)
        ->capture_default_str();
    command.add_option("--final-share", training.finalShare, "Share of the training at that size")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command.add_option("--images", training.images, "Pictures per step")
        ->check(CLI::Range(1, 4096))
        ->capture_default_str();
    command.add_option("--targets", training.targets, "Regions asked for per picture")
        ->check(CLI::Range(1, 3))
        ->capture_default_str();
    command.add_option("--learning-rate", training.learningRate, "At its highest")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command.add_option("--workers", training.workers, "Threads, each with its share of a step")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    command.add_option("--loaders", training.loaders, "Threads that prepare the next pictures")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    command.add_option("--click-threads", training.clickThreads, "Threads that draw clicks")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    command.add_flag("--bf16", training.bf16, "Compute the maps in bf16; weights stay fp32");
    command.add_flag("--cuda", training.cuda, "Train on the first CUDA device");
}

void addSceneOptions(CLI::App &command, TrainOptions &options)
{
    command.add_option("--seed", options.training.seed, "Of scenes, prompts and first weights")
        ->capture_default_str();
    command.add_option("--scenes", options.training.scenes, "Different scenes in all")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command
        .add_option("--reuse", options.training.reuse,
                    "Times a scene is drawn on average before a new one joins")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command.add_option("--scene-side", options.scenes.side, "Width and height of a scene, pixels")
        ->check(CLI::Range(64, 4096))
        ->capture_default_str();
    command.add_option("--material", options.scenes.material,
                       "Folder of packaging/training-material; without it scenes are made up");
    command.add_option("--scene-memory", options.memoryGigabytes, "GB of scenes to keep in memory")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command.add_option("--scene-cache", options.cache,
                       "Scenes painted before by maskwright-scenes with the same options");
}

} // namespace

void addTrain(CLI::App &app, Run &run)
{
    auto options = std::make_shared<TrainOptions>();
    CLI::App *command = app.add_subcommand("train", "Trains a promptable model");
    command->footer("Example: maskwright-cli train --minutes 60 --bf16 --out model.safetensors\n"
                    "Killed or stopped, the same command goes on from the last checkpoint.");
    command->add_option("--out", options->out, "The model, .safetensors")->required();
    command->add_option("--checkpoint", options->checkpoint,
                        "What to go on from (default: the model's name with .training)");
    command->add_option("--from", options->begin, "A model to begin with instead of random weights")
        ->check(CLI::ExistingFile);
    addLengthOptions(*command, options->training);
    addRecipeOptions(*command, options->training);
    addSceneOptions(*command, *options);
    command->callback([options, &run] { run = [options] { return train(*options); }; });
}

} // namespace cli
