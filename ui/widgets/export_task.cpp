// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/export_task.h"

#include "ui/widgets/interchange/snapshot_source.h"

#include <memory>

namespace ui
{

ExportTask::ExportTask(QObject *parent) : QObject(parent)
{
    connect(&m_task, &BackgroundTask::progressed, this, &ExportTask::progressed);
    connect(&m_task, &BackgroundTask::failed, this, &ExportTask::failed);
    connect(&m_task, &BackgroundTask::cancelled, this, &ExportTask::cancelled);
}

void ExportTask::start(DatasetSnapshot snapshot, const ExportChoice &choice)
{
    if (isRunning())
        return;
    const exporters::Format &format = formatOf(choice);
    exporters::WriteOptions options = choice.options;
    options.imageFolder = snapshot.imageRoot;
    const std::filesystem::path target(choice.target.toStdU16String());
    const auto summary = std::make_shared<exporters::WriteSummary>();
    m_task.start(
        [snapshot = std::move(snapshot), &format, options, target,
         summary](std::stop_token stop, const BackgroundTask::Progress &progress) {
            SnapshotSource source(snapshot, stop);
            *summary = format.write(source, target, options, stop, progress);
        },
        [this, target = choice.target, summary] { Q_EMIT finished(target, *summary); });
}

} // namespace ui
