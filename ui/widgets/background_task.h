// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "ui/widgets/task_error.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <optional>
#include <stop_token>

namespace ui
{

/// One piece of work at a time on another thread, with progress and an end that is told. GUI
/// thread.
class BackgroundTask : public QObject
{
    Q_OBJECT

public:
    /// 0..1; from the working thread.
    using Progress = std::function<void(double share)>;
    /// What it throws is told by failed(), or cancelled().
    using Work = std::function<void(std::stop_token stop, const Progress &progress)>;

    explicit BackgroundTask(QObject *parent = nullptr);
    /// Stops what runs and waits for it.
    ~BackgroundTask() override;

    /// `done` is called on the GUI thread when the work ended well. Work that runs is given up
    /// without a word, and this one begins when it has stopped.
    void start(Work work, std::function<void()> done);
    /// cancelled() follows when the work has stopped.
    void cancel();
    bool isRunning() const { return m_running.has_value(); }

Q_SIGNALS:
    void progressed(double share);
    void failed(core::ErrorKind kind, const QString &detail);
    void cancelled();
    void ended(); ///< in whatever way; after the call or the signal that says how

private:
    struct Job {
        Work work;
        std::function<void()> done;
    };
    void run(Job job);
    void take(const TaskError &error);

    std::stop_source m_stop;
    QFuture<void> m_future;
    std::optional<Job> m_running;
    std::optional<Job> m_next; ///< takes the place of the one that runs
};

} // namespace ui
