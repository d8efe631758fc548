// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "export/format.h"
#include "ui/editing/dataset_snapshot.h"
#include "ui/widgets/task_error.h"

#include <QFuture>
#include <QObject>

#include <filesystem>
#include <stop_token>

namespace ui
{

/// One export at a time, in the background. GUI thread; answers come as signals.
class ExportTask : public QObject
{
    Q_OBJECT

public:
    explicit ExportTask(QObject *parent = nullptr);
    /// Stops what runs and waits for it; the target stays as it was.
    ~ExportTask() override;

    /// Writes COCO. Does nothing while one is running.
    void start(DatasetSnapshot snapshot, std::filesystem::path target);
    void cancel();
    bool isRunning() const { return m_running; }

Q_SIGNALS:
    void progressed(double share);
    void finished(const QString &target, int images, int annotations);
    void failed(core::ErrorKind kind, const QString &detail);
    void cancelled();

private:
    struct Outcome {
        exporters::WriteSummary summary;
        TaskError error;
    };
    static Outcome run(const DatasetSnapshot &snapshot, const std::filesystem::path &target,
                       std::stop_token stop, const exporters::Progress &progress);
    void take(const Outcome &outcome, const std::filesystem::path &target);

    std::stop_source m_stop;
    QFuture<void> m_future;
    bool m_running = false;
};

} // namespace ui
