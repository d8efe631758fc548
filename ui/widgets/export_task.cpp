// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/export_task.h"

#include "export/formats/coco_writer.h"

#include <QtConcurrentRun>

namespace ui
{

ExportTask::ExportTask(QObject *parent) : QObject(parent) {}

ExportTask::~ExportTask()
{
    cancel();
    m_future.waitForFinished();
}

ExportTask::Outcome ExportTask::run(const DatasetSnapshot &snapshot,
                                    const std::filesystem::path &target, std::stop_token stop,
                                    const exporters::Progress &progress)
{
    Outcome outcome;
    outcome.error = errorOf([&] {
        const core::Dataset dataset = toDataset(snapshot, stop);
        exporters::DatasetSource source(dataset);
        outcome.summary = exporters::writeCoco(source, target, {}, stop, progress);
    });
    return outcome;
}

void ExportTask::start(DatasetSnapshot snapshot, std::filesystem::path target)
{
    if (m_running)
        return;
    m_running = true;
    m_stop = std::stop_source();
    const auto progress = [this](double share) {
        QMetaObject::invokeMethod(this, [this, share] {
            if (m_running)
                Q_EMIT progressed(share);
        });
    };
    m_future = QtConcurrent::run(
        [this, snapshot = std::move(snapshot), target, stop = m_stop.get_token(), progress] {
            const Outcome outcome = run(snapshot, target, stop, progress);
            QMetaObject::invokeMethod(this, [this, outcome, target] { take(outcome, target); });
        });
}

void ExportTask::cancel()
{
    m_stop.request_stop();
}

void ExportTask::take(const Outcome &outcome, const std::filesystem::path &target)
{
    m_running = false;
    if (outcome.error.kind == core::ErrorKind::Cancelled)
        Q_EMIT cancelled();
    else if (outcome.error.kind)
        Q_EMIT failed(*outcome.error.kind, outcome.error.detail);
    else
        Q_EMIT finished(QString::fromStdU16String(target.u16string()),
                        static_cast<int>(outcome.summary.images),
                        static_cast<int>(outcome.summary.annotations));
}

} // namespace ui
