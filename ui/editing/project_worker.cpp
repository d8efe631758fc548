// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/project_worker.h"

#include "ui/editing/open_project.h"

#include <new>

namespace ui
{

void ProjectWorker::open(const OpenRequest &request)
{
    try {
        m_opened = m_file;
        const OpenedProject project = openProject(request, m_opened);
        Q_EMIT opened(project);
    } catch (const core::Error &error) {
        Q_EMIT openFailed(error.kind(), QString::fromUtf8(error.what()));
    } catch (const std::exception &error) {
        Q_EMIT openFailed(core::ErrorKind::FileUnreadable, QString::fromUtf8(error.what()));
    }
}

void ProjectWorker::save(project::ChangeSet changes)
{
    m_waiting.push_back({m_file, std::move(changes)});
    if (!m_failing)
        saveWaiting();
}

void ProjectWorker::retry()
{
    m_failing = false;
    saveWaiting();
}

void ProjectWorker::saveWaiting()
{
    try {
        while (!m_waiting.empty()) {
            m_waiting.front().file->apply(m_waiting.front().changes);
            m_waiting.pop_front();
            Q_EMIT saved();
        }
    } catch (const core::Error &error) {
        m_failing = true;
        Q_EMIT saveFailed(error.kind(), QString::fromUtf8(error.what()));
    } catch (const std::bad_alloc &) {
        m_failing = true;
        Q_EMIT saveFailed(core::ErrorKind::OutOfMemory,
                          QStringLiteral("There is not enough memory to save the last action; "
                                         "close other programs, then save again."));
    }
}

} // namespace ui
