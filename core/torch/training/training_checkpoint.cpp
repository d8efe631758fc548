// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/training_checkpoint.h"

#include "core/error.h"
#include "core/torch/checkpoint/state_dict.h"
#include "core/torch/compact/compact_file.h"
#include "core/torch/training/weights.h"

namespace core
{
namespace
{

/// Calls visit(name, tensor) for every tensor of the state.
template <typename Visit>
void forEachTensor(TrainingState &state, Visit visit)
{
    const auto visitModel = [&](const std::string &prefix, compact::CompactModel &model) {
        for (auto &entry : model->named_parameters())
            visit(prefix + entry.key(), entry.value());
        for (auto &entry : model->named_buffers())
            visit(prefix + entry.key(), entry.value());
    };
    visitModel("model.", state.model);
    visitModel("average.", state.average);
    const auto names = state.model->named_parameters().keys();
    const auto first = state.weights.viewsOf(state.optimizer.firstMoments);
    const auto second = state.weights.viewsOf(state.optimizer.secondMoments);
    for (std::size_t i = 0; i < names.size(); ++i) {
        visit("first_moment." + names[i], first[i]);
        visit("second_moment." + names[i], second[i]);
    }
}

compact::CompactModel modelOn(torch::Device device, const compact::CompactConfig &config)
{
    compact::CompactModel model(config);
    model->to(device);
    return model;
}

} // namespace

TrainingState::TrainingState(const compact::CompactConfig &config_, double weightDecay,
                             torch::Device device)
    : config(config_), model(modelOn(device, config)), average(modelOn(device, config)),
      weights(model), averageWeights(average), optimizer(weights, weightDecay)
{
    averageWeights.copyFrom(weights);
}

void saveTraining(const std::filesystem::path &file, TrainingState &state)
{
    StateDict tensors;
    forEachTensor(state, [&](const std::string &name, const torch::Tensor &tensor) {
        tensors[name] = tensor.detach().cpu().contiguous();
    });
    tensors["step"] = torch::tensor({state.step});
    tensors["seconds"] = torch::tensor({state.seconds}, torch::kDouble);
    writeSafetensors(file, tensors);
}

void loadTraining(const std::filesystem::path &file, TrainingState &state)
{
    const torch::NoGradGuard noGrad;
    const StateDict tensors = readCheckpoint(file);
    const auto find = [&](const std::string &name) {
        const auto found = tensors.find(name);
        if (found == tensors.end())
            throw Error(ErrorKind::BadCheckpoint, file.string() + " lacks " + name +
                                                      ": it is no checkpoint of this training. "
                                                      "Choose another file or remove it.");
        return found->second;
    };
    forEachTensor(state, [&](const std::string &name, torch::Tensor tensor) {
        const auto stored = find(name);
        if (stored.sizes() != tensor.sizes())
            throw Error(ErrorKind::BadCheckpoint, file.string() + ": " + name +
                                                      " has another shape than this model's. "
                                                      "Choose another file or remove it.");
        tensor.copy_(stored);
    });
    state.step = find("step").item<std::int64_t>();
    state.seconds = find("seconds").item<double>();
}

void startFrom(const std::filesystem::path &model, TrainingState &state)
{
    auto begun = compact::compactModelFrom(readCheckpoint(model), model.string());
    const auto wanted = state.model->parameters(), found = begun->parameters();
    bool isAlike = wanted.size() == found.size();
    for (std::size_t i = 0; isAlike && i < wanted.size(); ++i)
        isAlike = wanted[i].sizes() == found[i].sizes();
    if (!isAlike)
        throw Error(ErrorKind::BadCheckpoint,
                    model.string() + " is a model of other widths or depths than the one trained "
                                     "here. Choose another file.");
    copyWeights(state.model, begun);
    copyWeights(state.average, begun);
}

} // namespace core
