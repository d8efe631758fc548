// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/project_store.h"

#include <deque>

namespace ui
{

/// ProjectStore's other half: owns the file, lives on the project's thread.
class ProjectWorker : public QObject
{
    Q_OBJECT

public:
    /// The project joins as the current one at useOpened(): what was sent to be saved before that
    /// belongs to the project before.
    void open(const OpenRequest &request);
    void useOpened() { m_file = m_opened; }
    void save(project::ChangeSet changes);
    void retry();

Q_SIGNALS:
    void opened(const ui::OpenedProject &project);
    void openFailed(core::ErrorKind kind, const QString &detail);
    void saved();
    void saveFailed(core::ErrorKind kind, const QString &detail);

private:
    void saveWaiting();

    struct Waiting {
        std::shared_ptr<project::ProjectFile> file;
        project::ChangeSet changes;
    };
    std::shared_ptr<project::ProjectFile> m_file;
    std::shared_ptr<project::ProjectFile> m_opened;
    std::deque<Waiting> m_waiting; ///< not on the disk yet, oldest first
    bool m_failing = false;        ///< the oldest failed: wait for retry()
};

} // namespace ui
