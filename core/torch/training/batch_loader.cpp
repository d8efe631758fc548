// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/batch_loader.h"

#include "core/torch/training/schedule.h"

#include <algorithm>

namespace core
{
namespace
{

constexpr std::int64_t batchesAhead = 2; // beside those that the threads are making

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
    : m_scenes(scenes), m_options(options)
{
    for (int i = 0; i < std::max(1, options.loaders); ++i)
        m_threads.emplace_back([this](std::stop_token stop) { run(std::move(stop)); });
}

BatchLoader::~BatchLoader()
{
    for (auto &thread : m_threads)
        thread.request_stop();
    m_changed.notify_all();
    m_threads.clear();
}

TrainingBatch BatchLoader::take(std::int64_t step, int side)
{
    std::unique_lock lock(m_mutex);
    if (side != m_side || m_wanted < 0) {
        m_ready.clear();
        m_next = step;
        m_side = side;
    }
    m_wanted = step;
    m_changed.notify_all();
    m_changed.wait(lock, [&] { return m_failure || m_ready.contains(step); });
    if (m_failure)
        std::rethrow_exception(m_failure);
    TrainingBatch batch = std::move(m_ready.extract(step).mapped());
    m_changed.notify_all();
    return batch;
}

void BatchLoader::run(std::stop_token stop)
{
    at::set_num_threads(1);
    const auto mayGoOn = [&] {
        const auto ahead = std::max(1, m_options.loaders) + batchesAhead;
        return m_wanted >= 0 && !m_failure && m_next <= m_wanted + ahead;
    };
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop, mayGoOn)) {
        const std::int64_t step = m_next++;
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
        if (failure)
            m_failure = failure;
        else if (side == m_side) // else the trainer moved on to another side meanwhile
            m_ready.emplace(step, std::move(batch));
        m_changed.notify_all();
    }
}

} // namespace core
