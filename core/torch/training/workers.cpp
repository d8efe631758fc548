// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/workers.h"

#include "core/torch/training/weights.h"

#include <algorithm>
#include <future>

namespace core
{
namespace
{

StepReport mean(const std::vector<StepReport> &reports)
{
    StepReport sum;
    const double share = 1.0 / double(reports.size());
    for (const StepReport &r : reports) {
        sum.focal += share * r.focal;
        sum.dice += share * r.dice;
        sum.iouError += share * r.iouError;
        sum.firstIou += share * r.firstIou;
        sum.lastIou += share * r.lastIou;
    }
    return sum;
}

} // namespace

Workers::Workers(const TrainingState &state, const TrainingOptions &options) : m_options(options)
{
    for (int i = 0; i < options.workers; ++i) {
        compact::CompactModel model(state.config);
        model->to(state.weights.values.device());
        model->train();
        FlatWeights weights(model);
        m_copies.push_back({std::move(model), std::move(weights)});
    }
}

StepReport Workers::computeGradients(FlatWeights &weights, const TrainingBatch &batch)
{
    StepOptions step;
    step.type = m_options.bf16 ? torch::kBFloat16 : torch::kFloat;
    step.clickThreads = std::max(1, m_options.clickThreads / m_options.workers);
    Random random(m_options.seed ^ 0x5eed, std::uint64_t(batch.step));
    step.plan = drawRounds(random);
    const auto images = batch.images.chunk(std::int64_t(m_copies.size()));
    const auto targets = batch.targets.chunk(std::int64_t(m_copies.size()));

    std::vector<std::future<StepReport>> shares;
    for (std::size_t i = 0; i < images.size(); ++i) {
        const Random own(random.next(), i);
        shares.push_back(std::async(std::launch::async, [&, i, own] {
            if (m_copies.size() > 1)
                at::set_num_threads(1);
            Copy &copy = m_copies[i];
            copy.weights.copyFrom(weights);
            copy.weights.gradients.zero_();
            return core::computeGradients(copy.model, images[i], targets[i], step, own);
        }));
    }
    std::vector<StepReport> reports;
    for (auto &share : shares)
        reports.push_back(share.get());

    const torch::NoGradGuard noGrad;
    weights.gradients.zero_();
    for (std::size_t i = 0; i < images.size(); ++i)
        weights.gradients.add_(m_copies[i].weights.gradients, 1.0 / double(images.size()));
    weights.statistics.copy_(m_copies.front().weights.statistics);
    return mean(reports);
}

StepReport advance(TrainingState &state, Workers &workers, const TrainingBatch &batch,
                   double learningRate)
{
    const StepReport report = workers.computeGradients(state.weights, batch);
    state.optimizer.step(state.weights, learningRate, state.step + 1);
    moveAverage(state.averageWeights, state.weights, state.step);
    ++state.step;
    return report;
}

} // namespace core
