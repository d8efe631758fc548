// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/workers.h"

#include "core/torch/training/weights.h"

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

Workers::Workers(const compact::CompactModel &model, const compact::CompactConfig &config,
                 const TrainingOptions &options)
    : m_options(options)
{
    for (int i = 0; i < options.workers; ++i) {
        m_copies.emplace_back(config);
        m_copies.back()->to(model->parameters().front().device());
        m_copies.back()->train();
    }
}

StepReport Workers::computeGradients(compact::CompactModel &model, const TrainingBatch &batch)
{
    const auto type = m_options.bf16 ? torch::kBFloat16 : torch::kFloat;
    Random random(m_options.seed ^ 0x5eed, std::uint64_t(batch.step));
    const RoundPlan plan = drawRounds(random);
    const auto images = batch.images.chunk(std::int64_t(m_copies.size()));
    const auto targets = batch.targets.chunk(std::int64_t(m_copies.size()));

    std::vector<std::future<StepReport>> shares;
    for (std::size_t i = 0; i < images.size(); ++i) {
        const Random own(random.next(), i);
        shares.push_back(std::async(std::launch::async, [&, i, own] {
            if (m_copies.size() > 1)
                at::set_num_threads(1);
            auto &copy = m_copies[i];
            copyWeights(copy, model);
            copy->zero_grad();
            return core::computeGradients(copy, images[i], targets[i], plan, own, type);
        }));
    }
    std::vector<StepReport> reports;
    for (auto &share : shares)
        reports.push_back(share.get());

    const torch::NoGradGuard noGrad;
    const auto parameters = model->parameters();
    for (std::size_t i = 0; i < images.size(); ++i) {
        const auto own = m_copies[i]->parameters();
        for (std::size_t p = 0; p < parameters.size(); ++p) {
            if (!own[p].grad().defined())
                continue;
            const auto gradient = own[p].grad() / double(images.size());
            if (i == 0)
                parameters[p].mutable_grad() = gradient;
            else
                parameters[p].mutable_grad().add_(gradient);
        }
    }
    const auto buffers = model->buffers(), first = m_copies.front()->buffers();
    for (std::size_t b = 0; b < buffers.size(); ++b)
        buffers[b].copy_(first[b]);
    return mean(reports);
}

StepReport advance(TrainingState &state, Workers &workers, const TrainingBatch &batch,
                   double learningRate)
{
    const StepReport report = workers.computeGradients(state.model, batch);
    state.optimizer.step(learningRate, state.step + 1);
    moveAverage(state.average, state.model, state.step);
    ++state.step;
    return report;
}

} // namespace core
