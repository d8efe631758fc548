// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/export_task.h"

#include "export/files/inside_names.h"
#include "ui/widgets/interchange/snapshot_source.h"

namespace ui
{

namespace
{

/// Pictures that were opened one by one may lie outside of the project's folder, and their names
/// lead there. In one file that says where they are; a folder cannot hold such names.
exporters::WriteSummary write(const exporters::Format &format, SnapshotSource &source,
                              const std::filesystem::path &target, exporters::WriteOptions options,
                              const std::stop_token &stop, const exporters::Progress &progress)
{
    if (format.layout() == exporters::Layout::File)
        return format.write(source, target, options, stop, progress);
    exporters::InsideNames inside(source);
    options.pictureFile = [&inside, folder = options.imageFolder](const core::ImageRecord &image) {
        const std::string name = inside.nameBefore(image);
        return folder / std::filesystem::path(std::u8string(name.begin(), name.end()));
    };
    exporters::WriteSummary summary = format.write(inside, target, options, stop, progress);
    if (inside.renamed() > 0)
        summary.lose("pictures from outside of the project's folder got names without their folder",
                     inside.renamed());
    return summary;
}

} // namespace

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
            outcome->summary = write(format, source, target, options, stop, progress);
            outcome->isWritten = true;
        },
        [this, outcome = m_outcome] { Q_EMIT finished(outcome->target, outcome->summary); });
}

} // namespace ui
