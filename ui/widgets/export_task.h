// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/dataset_snapshot.h"
#include "ui/widgets/background_task.h"
#include "ui/widgets/interchange/export_choice.h"

#include <memory>

namespace ui
{

/// One export at a time, in the background. GUI thread; answers come as signals. Destroyed, it
/// stops what runs; the target stays as it was.
class ExportTask : public QObject
{
    Q_OBJECT

public:
    explicit ExportTask(QObject *parent = nullptr);

    /// Does nothing while one is running.
    void start(DatasetSnapshot snapshot, const ExportChoice &choice);
    /// cancelled() follows; finished() when it came too late.
    void cancel() { m_task.cancel(); }
    bool isRunning() const { return m_task.isRunning(); }

Q_SIGNALS:
    void progressed(double share);
    void finished(const QString &target, const exporters::WriteSummary &summary);
    void failed(core::ErrorKind kind, const QString &detail);
    void cancelled();

private:
    struct Outcome {
        QString target;
        exporters::WriteSummary summary;
        bool isWritten = false;
    };
    std::shared_ptr<Outcome> m_outcome; ///< of the last; the working thread's until it has ended
    BackgroundTask m_task;
};

} // namespace ui
