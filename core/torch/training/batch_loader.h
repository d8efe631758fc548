// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/training/training_options.h"
#include "core/torch/training/training_sample.h"

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace core
{

struct TrainingBatch {
    std::int64_t step = 0;
    int side = 0;
    torch::Tensor images;  ///< (B, 3, S, S) bytes
    torch::Tensor targets; ///< (B, n, S/2, S/2) bytes, 255ths of a cell
};

/// The pictures of one step: a function of options, step and side alone.
TrainingBatch makeBatch(const SceneSource &scenes, const TrainingOptions &options,
                        std::int64_t step, int side);

/// Makes the batches of the next steps on threads of its own, a whole batch each, while the trainer
/// computes.
class BatchLoader
{
public:
    BatchLoader(const SceneSource &scenes, const TrainingOptions &options);
    ~BatchLoader();

    /// The batch of a step, steps being asked for in order. A batch made ahead with another side is
    /// made anew. Throws what the scene source throws.
    TrainingBatch take(std::int64_t step, int side);

private:
    void run(std::stop_token stop);

    const SceneSource &m_scenes;
    const TrainingOptions m_options;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::map<std::int64_t, TrainingBatch> m_ready; // by step; guarded by m_mutex, as all below
    std::int64_t m_wanted = -1;                    // the step asked for; -1: none yet
    std::int64_t m_next = 0;                       // that a free thread will make
    int m_side = 0;
    std::exception_ptr m_failure;
    std::vector<std::jthread> m_threads;
};

} // namespace core
