// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/json_values.h"
#include "app/cli/model_options.h"

#include <spdlog/fmt/fmt.h>

#include <iostream>

namespace cli
{
namespace
{

std::string sizeText(core::Size size)
{
    return size.isEmpty() ? "follows the picture" : fmt::format("{} x {}", size.width, size.height);
}

int list()
{
    for (const char *model : {"default", "grabcut"}) {
        ModelOptions options;
        options.model = model;
        const auto segmenter = makeSegmenter(options);
        const core::SegmenterInfo &info = segmenter->info();
        std::cout << fmt::format("{:10} {}, {} parameters\n", model, info.architecture,
                                 info.parameterCount);
    }
    std::cout << "FILE       any checkpoint the program reads: --model FILE\n";
    return Success;
}

int inspect(const ModelOptions &options, bool json)
{
    const auto segmenter = makeSegmenter(options);
    const core::SegmenterInfo &info = segmenter->info();
    const std::string device = info.device == core::Device::Cuda ? "cuda" : "cpu";
    if (json) {
        const auto size = [](core::Size s) { return Json{s.width, s.height}; };
        const Json report{{"name", info.modelName},
                          {"architecture", info.architecture},
                          {"parameters", info.parameterCount},
                          {"input_size", size(info.inputSize)},
                          {"logits_size", size(info.logitsSize)},
                          {"device", device},
                          {"precision", info.precision},
                          {"weights", info.weightsDigest}};
        std::cout << report.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
        return Success;
    }
    std::cout << fmt::format("name          {}\n"
                             "architecture  {}\n"
                             "parameters    {}\n"
                             "input size    {}\n"
                             "logits size   {}\n"
                             "device        {}\n"
                             "precision     {}\n"
                             "weights       {}\n",
                             info.modelName, info.architecture, info.parameterCount,
                             sizeText(info.inputSize), sizeText(info.logitsSize), device,
                             info.precision, info.weightsDigest);
    return Success;
}

} // namespace

void addModels(CLI::App &app, Run &run)
{
    struct Options {
        ModelOptions model;
        bool json = false;
    };
    auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("models", "Lists the models, or looks into one");
    command->footer("Example: maskwright-cli models inspect sam_vit_b.pth");
    command->require_subcommand(0, 1);
    command->callback([command, &run] {
        if (command->get_subcommands().empty())
            run = list;
    });

    CLI::App *look = command->add_subcommand("inspect", "What a checkpoint holds");
    look->add_option("model", options->model.model, "default or a checkpoint file")->required();
    look->add_flag("--json", options->json, "JSON instead of lines");
    look->callback(
        [options, &run] { run = [options] { return inspect(options->model, options->json); }; });
}

} // namespace cli
