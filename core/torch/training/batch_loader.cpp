// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/batch_loader.h"

#include "core/torch/training/schedule.h"

namespace core
{
namespace
{

constexpr std::size_t batchesAhead = 3;

} // namespace

TrainingBatch makeBatch(const SceneSource &scenes, const TrainingOptions &options,
                        std::int64_t step, int side)
{
    Random random(options.seed, std::uint64_t(step));
    const auto available = int(scenesAt(options, step));
    std::vector<torch::Tensor> images, targets;
    while (images.size() < std::size_t(options.images)) {
        const auto scene = scenes.scene(std::uint64_t(random.index(available)));
        if (auto sample = makeSample(scene, side, options.targets, random)) {
            images.push_back(std::move(sample->image));
            targets.push_back(std::move(sample->targets));
        }
    }
    return {step, side, torch::stack(images), torch::stack(targets)};
}

BatchLoader::BatchLoader(const SceneSource &scenes, const TrainingOptions &options)
    : m_scenes(scenes), m_options(options), m_thread([this](std::stop_token stop) { run(stop); })
{
}

BatchLoader::~BatchLoader()
{
    m_thread.request_stop();
    m_changed.notify_all();
    m_thread.join();
}

TrainingBatch BatchLoader::take(std::int64_t step, int side)
{
    std::unique_lock lock(m_mutex);
    if (side != m_side || m_nextStep < 0) {
        m_ready.clear();
        m_nextStep = step;
        m_side = side;
    }
    m_changed.notify_all();
    m_changed.wait(lock, [&] {
        return m_failure ||
               (!m_ready.empty() && m_ready.front().step == step && m_ready.front().side == side);
    });
    if (m_failure)
        std::rethrow_exception(m_failure);
    TrainingBatch batch = std::move(m_ready.front());
    m_ready.pop_front();
    m_changed.notify_all();
    return batch;
}

void BatchLoader::run(std::stop_token stop)
{
    at::set_num_threads(1);
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop,
                          [&] { return m_nextStep >= 0 && m_ready.size() < batchesAhead; })) {
        const std::int64_t step = m_nextStep++;
        const int side = m_side;
        lock.unlock();
        TrainingBatch batch;
        std::exception_ptr failure;
        try {
            batch = makeBatch(m_scenes, m_options, step, side);
        } catch (...) {
            failure = std::current_exception();
        }
        lock.lock();
        if (failure) {
            m_failure = failure;
            m_changed.notify_all();
            return;
        }
        if (side == m_side) { // else the trainer moved on to another side meanwhile
            m_ready.push_back(std::move(batch));
            m_changed.notify_all();
        }
    }
}

} // namespace core
