// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/project/project_file.h"

#include <QObject>
#include <QThread>

#include <filesystem>
#include <memory>
#include <vector>

namespace ui
{

class ProjectWorker;

/// Which project to open and which pictures to bring in.
struct OpenRequest {
    /// Empty: "maskwright.mwproj" in `folder`, or beside the first of `images`; made when missing,
    /// and made in the user's data directory when that folder may not be written to.
    std::filesystem::path projectFile;
    std::filesystem::path folder;              ///< its pictures join the project
    std::vector<std::filesystem::path> images; ///< these join too; the first one is shown
    project::OpenMode mode = project::OpenMode::ReadWrite;
};

struct OpenedProject {
    std::filesystem::path file;
    project::OpenMode mode = project::OpenMode::ReadWrite;
    project::Contents contents; ///< images in natural order of their names
    core::Id current = 0;       ///< the image to show first, 0: none was asked for
    bool isSame = false;        ///< it was open before: only the images may have changed
    QString notice;             ///< a sentence for the user, or empty
};

/// The project file on a thread of its own. Actions are saved in their order, one transaction each;
/// a slow disk delays "saved", never the window. When saving fails (full disk), that action and the
/// later ones wait in memory for retry(): the file stays at the last whole action, the user's work
/// stays on the screen.
class ProjectStore : public QObject
{
    Q_OBJECT

public:
    explicit ProjectStore(QObject *parent = nullptr);
    /// Saves what is left, as far as the disk allows.
    ~ProjectStore() override;

    void open(const OpenRequest &request);
    void save(project::ChangeSet changes);
    void retry();
    int unsavedCount() const { return m_unsaved; }
    /// Blocks; for the end of the program.
    bool waitForSaved(int milliseconds);

Q_SIGNALS:
    void opened(const ui::OpenedProject &project);
    void openFailed(core::ErrorKind kind, const QString &detail);
    void unsavedCountChanged(int count);
    void saveFailed(core::ErrorKind kind, const QString &detail);

private:
    QThread m_thread;
    ProjectWorker *m_worker = nullptr; ///< lives on m_thread
    int m_unsaved = 0;
};

} // namespace ui
