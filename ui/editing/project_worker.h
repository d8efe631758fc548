// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/open_project.h"
#include "ui/editing/project_store.h"

#include <deque>
#include <stop_token>

namespace ui
{

/// ProjectStore's other half: owns the file, lives on the project's thread.
class ProjectWorker : public QObject
{
    Q_OBJECT

public:
    /// The project becomes the current one at useOpened(): what was sent to be saved before that
    /// belongs to the project before. The rest of a large folder is listed in slices, between which
    /// actions are saved.
    /// What was listed until `stop` is kept; opening and looking are given up.
    void open(const OpenRequest &request, const std::stop_token &stop);
    void useOpened() { m_file = m_state.file; }
    void findImages(const std::filesystem::path &folder, const std::stop_token &stop);
    /// See ProjectStore::setImageRoot(), renameImage().
    void setImageRoot(const std::filesystem::path &folder);
    void renameImage(const core::ImageRecord &renamed);
    void save(project::ChangeSet changes);
    void retry();

Q_SIGNALS:
    void opened(const ui::OpenedProject &project);
    void openFailed(core::ErrorKind kind, const QString &detail);
    void imagesJoined(const std::shared_ptr<ui::ImageTable> &images);
    void imagesListed();
    void imageRenamed(core::Id image, const std::shared_ptr<ui::ImageTable> &images);
    void imageNotRenamed(core::Id image, const QString &fileName);
    void imageRootFound(const QString &folder);
    void imageRootChanged(const QString &folder, bool isMissing);
    void imageRootNotFound(const QString &detail); ///< empty: it was asked to stop
    void saved();
    void saveFailed(core::ErrorKind kind, const QString &detail);

private:
    bool isCurrent() const { return m_file && m_file == m_state.file; }
    void listOn(int listing);
    void tellJoined();
    void saveAdded();
    void saveWaiting();

    struct Waiting {
        std::shared_ptr<project::ProjectFile> file;
        project::ChangeSet changes;
        bool isAction = true; ///< of the user: told when it is saved
    };
    ProjectState m_state;
    std::shared_ptr<project::ProjectFile> m_file; ///< where actions go
    std::optional<FolderListing> m_listing;
    std::stop_token m_listingStop;
    int m_listingNumber = 0;       ///< a later one makes the slices of the one before stop
    std::size_t m_toldImages = 0;  ///< that the GUI thread knows of
    std::deque<Waiting> m_waiting; ///< not on the disk yet, oldest first
    bool m_failing = false;        ///< the oldest failed: wait for retry()
};

} // namespace ui
