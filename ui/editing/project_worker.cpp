// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/project_worker.h"

#include "core/project/image_root.h"
#include "ui/editing/find_image_folder.h"

#include <new>

namespace ui
{

/// As a project does before its first change; here although there may be none.
static void keepCopy(project::ProjectFile &file)
{
    try {
        if (file.mode() == project::OpenMode::ReadWrite)
            file.apply({});
    } catch (const core::Error &) {
        // An action that cannot be saved will tell.
    }
}

void ProjectWorker::open(const OpenRequest &request, const std::stop_token &stop)
{
    try {
        Opening opening = openProject(request, m_state, stop);
        m_state = std::move(opening.state);
        m_listing = std::move(opening.listing);
        m_listingStop = stop;
        m_toldImages = m_state.pictures->images().size();
        Q_EMIT opened(opening.project);
        keepCopy(*m_state.file);
        saveAdded(); // before any action that refers to them
        listOn(++m_listingNumber);
    } catch (const core::Error &error) {
        Q_EMIT openFailed(error.kind(), QString::fromUtf8(error.what()));
    } catch (const std::exception &error) {
        Q_EMIT openFailed(core::ErrorKind::FileUnreadable, QString::fromUtf8(error.what()));
    }
}

void ProjectWorker::findImages(const std::filesystem::path &folder, const std::stop_token &stop)
{
    try {
        std::optional<std::filesystem::path> root;
        if (isCurrent()) // a project that was opened meanwhile has other pictures
            root = findImageFolder(folder, m_state.pictures->images(), *m_state.digests, stop);
        if (root)
            Q_EMIT imageRootFound(QString::fromStdU16String(root->generic_u16string()));
        else
            Q_EMIT imageRootNotFound({});
    } catch (const std::exception &error) {
        Q_EMIT imageRootNotFound(QString::fromUtf8(error.what()));
    }
}

void ProjectWorker::setImageRoot(const std::filesystem::path &folder)
{
    if (isCurrent()) {
        m_state.imageRoot = folder;
        const auto &images = m_state.pictures->images();
        Q_EMIT imageRootChanged(QString::fromStdU16String(folder.generic_u16string()),
                                !images.empty() && !project::holdsImages(folder, images));
    }
    if (!m_file || m_file->mode() == project::OpenMode::ReadOnly)
        return;
    project::ChangeSet changes;
    changes.putImageRoot = folder;
    save(std::move(changes));
}

void ProjectWorker::renameImage(const core::ImageRecord &renamed)
{
    // A project that was opened meanwhile means another picture.
    const bool isPresent = isCurrent();
    if (isPresent && m_state.pictures->rename(renamed.id, renamed.fileName)) {
        Q_EMIT imageRenamed(renamed.id, std::make_shared<ImageTable>(m_state.pictures->images()));
        if (m_file->mode() == project::OpenMode::ReadOnly)
            return;
        project::ChangeSet changes;
        changes.putImages.push_back(renamed);
        save(std::move(changes));
        return;
    }
    if (isPresent) {
        tellJoined(); // one of them has the name
        Q_EMIT imageNotRenamed(renamed.id, QString::fromStdString(renamed.fileName));
    }
    if (m_file && m_file->mode() != project::OpenMode::ReadOnly)
        Q_EMIT saved(); // there is nothing to save
}

void ProjectWorker::listOn(int listing)
{
    if (listing != m_listingNumber)
        return;
    if (m_listing && m_listingStop.stop_requested()) {
        m_listing.reset();
        tellJoined();
    }
    if (!m_listing) {
        Q_EMIT imagesListed();
        return;
    }
    m_listing->addTo(*m_state.pictures, std::chrono::milliseconds(100));
    const bool atEnd = m_listing->lister.atEnd();
    // Making a table costs in proportion to all: told at the end, and whenever they doubled.
    const std::size_t count = m_state.pictures->images().size();
    if (atEnd || count > 2 * m_toldImages)
        tellJoined();
    if (atEnd)
        m_listing.reset();
    QMetaObject::invokeMethod(
        this, [this, listing] { listOn(listing); }, Qt::QueuedConnection);
}

void ProjectWorker::tellJoined()
{
    const std::size_t count = m_state.pictures->images().size();
    if (count <= m_toldImages)
        return;
    m_toldImages = count;
    Q_EMIT imagesJoined(std::make_shared<ImageTable>(m_state.pictures->images()));
    saveAdded();
}

void ProjectWorker::saveAdded()
{
    project::ChangeSet changes;
    changes.putImages = m_state.pictures->takeAdded();
    if (changes.isEmpty() || m_state.file->mode() == project::OpenMode::ReadOnly)
        return;
    m_waiting.push_back({m_state.file, std::move(changes), false});
    if (!m_failing)
        saveWaiting();
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
            const bool isAction = m_waiting.front().isAction;
            m_waiting.pop_front();
            if (isAction)
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
