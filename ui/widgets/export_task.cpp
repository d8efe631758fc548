// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/export_task.h"

#include "ui/widgets/interchange/snapshot_source.h"

namespace ui
{

ExportTask::ExportTask(QObject *parent) : QObject(parent)
{
    connect(&m_task, &BackgroundTask::progressed, this, &ExportTask::progressed);
    connect(&m_task, &BackgroundTask::failed, this, &ExportTask::failed);
    connect(&m_task, &BackgroundTask::cancelled, this, [this] {
        if (const auto outcome = m_outcome; outcome->isWritten)
            Q_EMIT finished(outcome->target, outcome->summary);
        else
            Q_EMIT cancelled();
    });
}

void ExportTask::start(DatasetSnapshot snapshot, const ExportChoice &choice)
{
    if (isRunning())
        return;
    const exporters::Format &format = formatOf(choice);
    exporters::WriteOptions options = choice.options;
    options.imageFolder = snapshot.imageRoot;
    const std::filesystem::path target(choice.target.toStdU16String());
    m_outcome = std::make_shared<Outcome>(Outcome{choice.target, {}, false});
    m_task.start(
        [snapshot = std::move(snapshot), &format, options, target,
         outcome = m_outcome](std::stop_token stop, const BackgroundTask::Progress &progress) {
            SnapshotSource source(snapshot, stop);
            outcome->summary = format.write(source, target, options, stop, progress);
            outcome->isWritten = true;
        },
        [this, outcome = m_outcome] { Q_EMIT finished(outcome->target, outcome->summary); });
}

} // namespace ui
