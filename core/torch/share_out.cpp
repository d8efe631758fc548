// SPDX-License-Identifier: Apache-2.0
#include "core/torch/share_out.h"

#include "core/torch/one_thread.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace core
{

namespace
{

/// One call of shareOut(). It outlives the call where a helper comes too late: that one finds
/// nothing left to do and touches no more than this.
struct Job {
    std::size_t count;
    const std::function<void(std::size_t)> &work; ///< valid while pieces are left
    std::atomic<std::size_t> next = 0;
    std::atomic<int> seats; ///< for helpers

    std::mutex mutex;
    std::condition_variable done;
    int atWork = 0; ///< helpers
    std::exception_ptr failure;

    Job(std::size_t pieces, const std::function<void(std::size_t)> &function, int helpers)
        : count(pieces), work(function), seats(helpers)
    {
    }

    void run()
    {
        try {
            for (std::size_t i = next++; i < count; i = next++)
                work(i);
        } catch (...) {
            next = count;
            const std::lock_guard lock(mutex);
            if (!failure)
                failure = std::current_exception();
        }
    }
};

/// Threads that sleep until there is a job.
class Helpers
{
public:
    ~Helpers()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stops = true;
        }
        m_wake.notify_all();
        for (std::thread &thread : m_threads)
            thread.join();
    }

    void call(const std::shared_ptr<Job> &job, int helpers)
    {
        {
            const std::lock_guard lock(m_mutex);
            while (static_cast<int>(m_threads.size()) < helpers)
                m_threads.emplace_back([this] { serve(); });
            m_job = job;
            ++m_number;
        }
        m_wake.notify_all();
    }

private:
    void serve()
    {
        std::size_t served = 0;
        for (;;) {
            std::shared_ptr<Job> job;
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait(lock, [&] { return m_stops || m_number != served; });
                if (m_stops)
                    return;
                served = m_number;
                job = m_job;
            }
            if (job->seats-- <= 0)
                continue;
            {
                const std::lock_guard lock(job->mutex);
                ++job->atWork;
            }
            job->run();
            const std::lock_guard lock(job->mutex);
            if (--job->atWork == 0)
                job->done.notify_all();
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::shared_ptr<Job> m_job;
    std::size_t m_number = 0; ///< of the job
    bool m_stops = false;
    std::vector<std::thread> m_threads;
};

Helpers &helpers()
{
    static Helpers all;
    return all;
}

} // namespace

void shareOut(std::size_t count, const std::function<void(std::size_t)> &work)
{
    const auto threads = std::min<std::size_t>(static_cast<std::size_t>(sharingThreads()), count);
    if (threads < 2) {
        for (std::size_t i = 0; i < count; ++i)
            work(i);
        return;
    }
    const int others = static_cast<int>(threads) - 1;
    const auto job = std::make_shared<Job>(count, work, others);
    helpers().call(job, others);
    job->run();
    std::unique_lock lock(job->mutex);
    job->done.wait(lock, [&] { return job->atWork == 0; });
    if (job->failure)
        std::rethrow_exception(job->failure);
}

namespace
{

/// What is left of a step.
class Rest
{
public:
    void begin(std::size_t pieces) { m_pieces = static_cast<std::int64_t>(pieces); }

    void take()
    {
        if (--m_pieces == 0)
            m_pieces.notify_all();
    }

    /// Nobody needs to wait any more.
    void giveUp()
    {
        m_pieces = std::numeric_limits<std::int64_t>::min() / 2; // some are taken yet
        m_pieces.notify_all();
    }

    void wait() const
    {
        constexpr int triesAwake = 4000; // some dozens of microseconds
        std::int64_t pieces = m_pieces;
        for (int i = 0; i < triesAwake && pieces > 0; ++i, pieces = m_pieces)
            relax();
        for (; pieces > 0; pieces = m_pieces)
            m_pieces.wait(pieces);
    }

private:
    static void relax()
    {
#if defined(__x86_64__) || defined(__i386__)
        __builtin_ia32_pause();
#endif
    }

    std::atomic<std::int64_t> m_pieces = 0;
};

} // namespace

void shareOutSteps(const std::vector<Step> &steps)
{
    std::vector<std::size_t> stepOf;
    std::vector<std::size_t> first;
    std::vector<Rest> rests(steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        first.push_back(stepOf.size());
        stepOf.insert(stepOf.end(), steps[i].count, i);
        rests[i].begin(steps[i].count);
    }
    // Pieces are begun in their order, so those that others wait for are being worked on.
    shareOut(stepOf.size(), [&](std::size_t piece) {
        const std::size_t step = stepOf[piece];
        if (step > 0)
            rests[step - 1].wait();
        try {
            steps[step].work(piece - first[step]);
        } catch (...) {
            for (Rest &rest : rests)
                rest.giveUp();
            throw;
        }
        rests[step].take();
    });
}

} // namespace core
