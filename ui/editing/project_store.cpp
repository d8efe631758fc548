// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/project_store.h"

#include "ui/editing/project_worker.h"

#include <QEventLoop>
#include <QTimer>

namespace ui
{

ProjectStore::ProjectStore(QObject *parent) : QObject(parent), m_worker(new ProjectWorker)
{
    m_thread.setObjectName(QStringLiteral("project"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &ProjectWorker::opened, this, [this](const OpenedProject &project) {
        QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->useOpened(); });
        Q_EMIT opened(project);
    });
    connect(m_worker, &ProjectWorker::imagesJoined, this, &ProjectStore::imagesJoined);
    connect(m_worker, &ProjectWorker::imagesListed, this, &ProjectStore::imagesListed);
    connect(m_worker, &ProjectWorker::imageRenamed, this, &ProjectStore::imageRenamed);
    connect(m_worker, &ProjectWorker::imageNotRenamed, this, &ProjectStore::imageNotRenamed);
    connect(m_worker, &ProjectWorker::imageRootFound, this, &ProjectStore::imageRootFound);
    connect(m_worker, &ProjectWorker::imageRootChanged, this, &ProjectStore::imageRootChanged);
    connect(m_worker, &ProjectWorker::imageRootNotFound, this, &ProjectStore::imageRootNotFound);
    connect(m_worker, &ProjectWorker::openFailed, this, &ProjectStore::openFailed);
    connect(m_worker, &ProjectWorker::saveFailed, this, &ProjectStore::saveFailed);
    connect(m_worker, &ProjectWorker::saved, this,
            [this] { Q_EMIT unsavedCountChanged(--m_unsaved); });
    m_thread.start();
}

ProjectStore::~ProjectStore()
{
    cancel();
    // Queued calls run before quit() is looked at: they came first.
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, this] {
        worker->retry();
        m_thread.quit();
    });
    m_thread.wait();
}

void ProjectStore::open(const OpenRequest &request)
{
    m_openStop = std::stop_source();
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, request, stop = m_openStop.get_token()] {
                                  worker->open(request, stop);
                              });
}

void ProjectStore::findImages(const std::filesystem::path &folder)
{
    m_findStop = std::stop_source();
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, folder, stop = m_findStop.get_token()] {
        worker->findImages(folder, stop);
    });
}

void ProjectStore::cancel()
{
    m_openStop.request_stop();
    m_findStop.request_stop();
}

void ProjectStore::setImageRoot(const std::filesystem::path &folder, bool isSaved)
{
    if (isSaved)
        Q_EMIT unsavedCountChanged(++m_unsaved);
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, folder] { worker->setImageRoot(folder); });
}

void ProjectStore::renameImage(core::ImageRecord renamed, bool isSaved)
{
    if (isSaved)
        Q_EMIT unsavedCountChanged(++m_unsaved);
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, renamed = std::move(renamed)] {
        worker->renameImage(renamed);
    });
}

void ProjectStore::save(project::ChangeSet changes)
{
    Q_EMIT unsavedCountChanged(++m_unsaved);
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, changes = std::move(changes)]() mutable {
                                  worker->save(std::move(changes));
                              });
}

void ProjectStore::dispose(std::shared_ptr<const void> something)
{
    QMetaObject::invokeMethod(m_worker,
                              [something = std::move(something)]() mutable { something.reset(); });
}

void ProjectStore::retry()
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->retry(); });
}

bool ProjectStore::waitForSaved(int milliseconds)
{
    QEventLoop loop;
    connect(this, &ProjectStore::unsavedCountChanged, &loop, [&](int count) {
        if (count == 0)
            loop.quit();
    });
    connect(this, &ProjectStore::saveFailed, &loop, &QEventLoop::quit);
    if (m_unsaved == 0)
        return true;
    retry(); // after a failure nobody else would
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec(QEventLoop::ExcludeUserInputEvents);
    return m_unsaved == 0;
}

} // namespace ui
