// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/project/project_file.h"
#include "ui/editing/annotation_table.h"
#include "ui/editing/image_table.h"
#include "ui/editing/proposal_table.h"

#include <QObject>
#include <QThread>

#include <chrono>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <unordered_map>
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
    bool restoreBackup = false; ///< put the last whole copy in the place of a damaged project first
    /// So long the folder of a project without pictures is listed before it is shown; the rest
    /// joins.
    std::chrono::milliseconds patience{250};
};

/// core::imageDigest of the images that were read once.
using ImageDigests = std::unordered_map<core::Id, std::string>;

/// What the GUI thread needs of a project, made ready for it: taking it over costs nothing.
struct OpenedProject {
    std::filesystem::path file;
    project::OpenMode mode = project::OpenMode::ReadWrite;
    bool isSame = false;             ///< it was open before: only images and current are new
    std::filesystem::path imageRoot; ///< as project::Contents
    bool imagesAreMissing = false;   ///< as project::Contents
    std::shared_ptr<ImageTable> images;
    std::vector<core::Category> categories;
    std::shared_ptr<AnnotationTable> annotations;
    std::shared_ptr<ProposalTable> proposals;
    std::shared_ptr<ImageDigests> digests;
    core::ForeignKeys foreign; ///< of the whole dataset
    core::Id nextCategoryId = 1;
    core::Id nextAnnotationId = 1;
    core::Id nextProposalId = 1;
    core::Id current = 0; ///< the image to show first, 0: there is none
    QString notice;       ///< a sentence for the user, or empty
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
    /// Looks for the project's images in a folder and all that is in it; imageRootFound() or
    /// imageRootNotFound() follows.
    void findImages(const std::filesystem::path &folder);
    /// Stops what open() and findImages() began: what was listed until then stays.
    void cancel();
    /// The project's images are in that folder from now on; imageRootChanged() follows. `isSaved`:
    /// the file notes it, too.
    void setImageRoot(const std::filesystem::path &folder, bool isSaved);
    /// The project's thread knows the image by this name from now on; imageRenamed() follows, or
    /// imageNotRenamed() when another image has that name, perhaps one that was listed just now.
    /// `isSaved`: the record is saved, too, when it was renamed.
    void renameImage(core::ImageRecord renamed, bool isSaved);
    void save(project::ChangeSet changes);
    /// Lets go of something large, which takes a while, on the project's thread.
    void dispose(std::shared_ptr<const void> something);
    void retry();
    int unsavedCount() const { return m_unsaved; }
    /// Blocks; for the end of the program.
    bool waitForSaved(int milliseconds);

Q_SIGNALS:
    void opened(const ui::OpenedProject &project);
    void openFailed(core::ErrorKind kind, const QString &detail);
    /// More pictures of a large folder were listed: all images there are now.
    void imagesJoined(const std::shared_ptr<ui::ImageTable> &images);
    /// All of them have joined; after opened() at the earliest.
    void imagesListed();
    void imageRenamed(core::Id image, const std::shared_ptr<ui::ImageTable> &images);
    void imageNotRenamed(core::Id image, const QString &fileName);
    void imageRootFound(const QString &folder);
    /// `isMissing`: none of the images that were looked for is there.
    void imageRootChanged(const QString &folder, bool isMissing);
    void imageRootNotFound(const QString &detail); ///< empty: it was stopped
    void unsavedCountChanged(int count);
    void saveFailed(core::ErrorKind kind, const QString &detail);

private:
    QThread m_thread;
    ProjectWorker *m_worker = nullptr; ///< lives on m_thread
    int m_unsaved = 0;
    std::stop_source m_openStop, m_findStop;
};

} // namespace ui
