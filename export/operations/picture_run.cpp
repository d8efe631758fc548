// SPDX-License-Identifier: Apache-2.0
#include "export/operations/picture_run.h"

#include "core/error.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <new>
#include <thread>

namespace exporters
{
namespace
{

/// What the threads of a run share.
class Run
{
public:
    Run(std::span<const Picture> pictures, const RunSteps &steps, const std::stop_token &stop)
        : m_pictures(pictures), m_steps(steps), m_stop(stop)
    {
    }

    /// Does picture after picture until there is none left, or the run is over.
    void work()
    {
        while (const Picture *picture = take()) {
            try {
                const bool wasDone = m_steps.isDone && m_steps.isDone(*picture);
                if (!wasDone)
                    m_steps.work(*picture, m_stop);
                const std::lock_guard guard(m_mutex);
                ++(wasDone ? m_report.before : m_report.done);
            } catch (const core::Error &error) {
                if (error.kind() == core::ErrorKind::DiskFull)
                    return end(std::current_exception());
                if (error.kind() == core::ErrorKind::Cancelled)
                    return stop();
                fail(*picture, error.what());
            } catch (const std::bad_alloc &) {
                fail(*picture, "There is not enough memory.");
            } catch (...) {
                return end(std::current_exception());
            }
            const std::lock_guard guard(m_mutex);
            ++m_behind;
            if (m_steps.progress)
                m_steps.progress(m_behind);
        }
    }

    /// Once all threads are through. Throws what ended the run.
    RunReport report()
    {
        if (m_failure)
            std::rethrow_exception(m_failure);
        return std::move(m_report);
    }

private:
    const Picture *take()
    {
        const std::lock_guard guard(m_mutex);
        if (m_isOver || m_next == m_pictures.size())
            return nullptr;
        if (m_stop.stop_requested()) {
            m_report.wasStopped = m_isOver = true;
            return nullptr;
        }
        return &m_pictures[m_next++];
    }

    void fail(const Picture &picture, const std::string &why)
    {
        const std::lock_guard guard(m_mutex);
        ++m_report.failed;
        if (m_report.failures.size() == RunReport::mostTold)
            return;
        // What the model says knows no names.
        const bool isNamed = why.find(picture.path.filename().string()) != std::string::npos;
        m_report.failures.push_back(isNamed ? why : picture.path.string() + ": " + why);
    }

    void stop()
    {
        const std::lock_guard guard(m_mutex);
        m_report.wasStopped = m_isOver = true;
    }

    void end(std::exception_ptr failure)
    {
        const std::lock_guard guard(m_mutex);
        m_isOver = true;
        if (!m_failure)
            m_failure = std::move(failure);
    }

    const std::span<const Picture> m_pictures;
    const RunSteps &m_steps;
    const std::stop_token m_stop;
    std::mutex m_mutex; ///< guards the rest
    RunReport m_report;
    std::exception_ptr m_failure;
    std::size_t m_next = 0;
    std::size_t m_behind = 0;
    bool m_isOver = false;
};

} // namespace

std::vector<Picture> picturesOf(std::span<const Picture> pictures, const core::Shard &shard)
{
    std::vector<Picture> own;
    std::ranges::copy_if(pictures, std::back_inserter(own),
                         [&shard](const Picture &picture) { return shard.contains(picture.name); });
    return own;
}

RunReport runPictures(std::span<const Picture> pictures, const RunSteps &steps,
                      const std::stop_token &stop)
{
    Run run(pictures, steps, stop);
    {
        std::vector<std::jthread> others;
        const std::size_t threads = std::min(steps.atOnce, pictures.size());
        for (std::size_t i = 1; i < threads; ++i)
            others.emplace_back([&run] { run.work(); });
        run.work();
    }
    return run.report();
}

} // namespace exporters
