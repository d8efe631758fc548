// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/background_task.h"

#include <QtConcurrentRun>

#include <utility>

namespace ui
{

BackgroundTask::BackgroundTask(QObject *parent) : QObject(parent) {}

BackgroundTask::~BackgroundTask()
{
    m_stop.request_stop();
    m_future.waitForFinished();
}

void BackgroundTask::start(Work work, std::function<void()> done)
{
    Job job{std::move(work), std::move(done)};
    if (!m_running) {
        run(std::move(job));
        return;
    }
    m_next = std::move(job);
    m_stop.request_stop();
}

void BackgroundTask::cancel()
{
    m_next.reset();
    m_stop.request_stop();
}

void BackgroundTask::run(Job job)
{
    m_running = std::move(job);
    m_stop = std::stop_source();
    // As often as it can be seen, however often it is told.
    const Progress progress = [this, told = -1](double share) mutable {
        if (const int now = int(share * 200); std::exchange(told, now) != now)
            QMetaObject::invokeMethod(this, [this, share] {
                if (m_running && !m_next)
                    Q_EMIT progressed(share);
            });
    };
    m_future = QtConcurrent::run(
        [this, work = std::move(m_running->work), stop = m_stop.get_token(), progress]() mutable {
            const TaskError error = errorOf([&] { work(stop, progress); });
            work = nullptr; // what it holds may be large, and goes before anybody hears of the end
            QMetaObject::invokeMethod(this, [this, error] { take(error); });
        });
}

void BackgroundTask::take(const TaskError &error)
{
    const Job job = std::move(*std::exchange(m_running, std::nullopt));
    if (m_next) {
        run(*std::exchange(m_next, std::nullopt));
        return;
    }
    if (m_stop.stop_requested() || error.kind == core::ErrorKind::Cancelled)
        Q_EMIT cancelled();
    else if (error.kind)
        Q_EMIT failed(*error.kind, error.detail);
    else
        job.done();
    if (!m_running) // what was called may have begun something new
        Q_EMIT ended();
}

} // namespace ui
