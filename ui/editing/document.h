// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/project/records.h"
#include "ui/editing/dataset_snapshot.h"
#include "ui/editing/document_edit.h"
#include "ui/editing/project_store.h"

#include <QObject>
#include <QUndoStack>

#include <filesystem>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ui
{

/// What is being worked on: the images, categories, annotations and proposals of one project, as
/// values in memory. GUI thread. Every change goes through exchange(), which saves it in one
/// transaction on the project's own thread; nothing here waits for a disk.
///
/// Edits are made by the functions in edits.h, which push undo commands.
class Document : public QObject
{
    Q_OBJECT

public:
    explicit Document(QObject *parent = nullptr);
    ~Document() override;

    /// Opens in the background; opened() or openFailed() follows. Until then, and when it fails,
    /// the present project stays. See OpenRequest for folders and single pictures.
    void open(const OpenRequest &request);
    bool isOpening() const { return m_opening; }
    /// Until imagesListed(), or openFailed().
    bool isListing() const { return m_listing; }
    const OpenRequest &lastRequest() const { return m_request; }
    /// For a project whose images were moved (imagesMissing): looks for them in a folder and all
    /// that is in it; imageRootChanged() or imagesNotFound() follows. A folder that is another
    /// than before is a step to undo.
    void findImages(const std::filesystem::path &folder);
    /// For steps back and forth: the pictures' folder is this one, saved, without a step.
    /// imageRootChanged() follows, and imagesMissing() when they are not there.
    void setImageRoot(const std::filesystem::path &folder);
    enum class Busy { Nothing, Opening, Listing, LookingForImages };
    /// What the disk is at, for as long as it takes; busyChanged() tells.
    Busy busy() const;
    /// Stops that: openFailed(Cancelled), or imagesListed() with what is listed, or
    /// imagesNotFound() without a sentence follows.
    void cancel() { m_store.cancel(); }
    bool isOpen() const { return !m_projectFile.empty(); }
    bool isReadOnly() const { return m_readOnly; }
    const std::filesystem::path &projectFile() const { return m_projectFile; }
    const std::filesystem::path &imageRoot() const { return m_imageRoot; }

    /// In natural order of their names; a size is {0, 0} until the picture was read once.
    const std::vector<core::ImageRecord> &images() const { return m_images->images(); }
    const ImageTable &imageTable() const { return *m_images; }
    const core::ImageRecord *image(core::Id id) const; ///< null: no such image
    std::filesystem::path imagePath(core::Id id) const;
    /// Noted when a picture was read. Saved, but nothing to undo. False when masks of another size
    /// are there: the file was replaced since, and they stay those of the old picture.
    bool setImageSize(core::Id id, core::Size size);
    /// Likewise for the pixels (core::imageDigest). False when the image has objects that were
    /// drawn on other pixels.
    bool setImageDigest(core::Id id, const std::string &digest);
    /// As it was when the picture was read last; empty: it never was.
    std::string imageDigest(core::Id id) const;
    /// The image with this path, as imagePath() gives it; 0: none of the project's.
    core::Id imageAt(const std::filesystem::path &file) const;
    /// The image's file is another one now. Saved, and a step to undo; imageMoved() follows, or
    /// imageNotMoved() when a picture that is being listed has that file. False when another image
    /// is known to have it.
    bool moveImage(core::Id id, const std::filesystem::path &file);
    /// For steps back and forth: likewise, without a step. `name`: as ImageRecord::fileName.
    void setImageName(core::Id id, const std::string &name);

    /// By id.
    std::vector<core::Category> categories() const;
    const core::Category *category(core::Id id) const;
    core::Id categoryNamed(const std::string &name) const; ///< 0: there is none

    /// By id, which is the order of painting.
    std::vector<project::AnnotationPointer> annotations(core::Id image) const
    {
        return m_annotations->ofImage(image);
    }
    int annotationCount(core::Id image) const { return m_annotations->countOfImage(image); }
    /// Null: no such annotation.
    project::AnnotationPointer annotation(core::Id id) const { return m_annotations->find(id); }
    std::vector<project::AnnotationPointer> annotationsOfCategory(core::Id category) const
    {
        return m_annotations->ofCategory(category);
    }

    /// What detectors suggest and nobody has decided on.
    const ProposalTable &proposals() const { return *m_proposals; }
    /// The same as they are now, for a background thread.
    std::shared_ptr<const ProposalTable> proposalsNow() const { return m_proposals; }

    /// What a file that was imported says of the whole: licences, info.
    const core::ForeignKeys &foreign() const { return m_foreign; }

    core::Id newAnnotationId() { return m_nextAnnotationId++; }
    core::Id newCategoryId() { return m_nextCategoryId++; }
    /// Ids that a file brings: taken when no annotation, no category ever had one of them or a
    /// later one; false otherwise.
    bool takeAnnotationIds(core::Id first, core::Id last)
    {
        return takeIds(m_nextAnnotationId, first, last);
    }
    bool takeCategoryId(core::Id id) { return takeIds(m_nextCategoryId, id, id); }
    /// The first of so many.
    core::Id newProposalIds(std::size_t count)
    {
        return std::exchange(m_nextProposalId, m_nextProposalId + core::Id(count));
    }

    /// Puts `edit` in the place of what is there, saves it, and returns what was there.
    DocumentEdit exchange(DocumentEdit edit);

    /// Pushes the command, which runs it; read-only documents refuse it (false, editRefused).
    bool push(QUndoCommand *command);
    QUndoStack *undoStack() { return &m_undoStack; }

    /// All of it, for an export or an import; costs next to nothing, objects are shared.
    DatasetSnapshot snapshot() const;
    std::size_t annotationCount() const { return m_annotations->all().size(); }
    /// Lets go of something large, such as a step that cannot be redone any more, elsewhere.
    void dispose(std::shared_ptr<const void> something) { m_store.dispose(std::move(something)); }

    /// Actions that are not on the disk yet; 0: all saved. More than one for long means trouble.
    int unsavedCount() const { return m_store.unsavedCount(); }
    /// After a failure: tries again, in the order of the actions.
    void retrySaving() { m_store.retry(); }
    /// For closing the program: true when everything was saved in time.
    bool waitForSaved(int milliseconds) { return m_store.waitForSaved(milliseconds); }

Q_SIGNALS:
    void busyChanged();
    void openingBegan(); ///< isOpening() holds
    /// Another project is open: every id means something else. imagesChanged() and opened() follow.
    void projectChanged();
    /// A project was opened or images joined it. `current` is the image to show, 0 for none.
    void opened(core::Id current);
    void openFailed(core::ErrorKind kind, const QString &detail);
    /// None of the images that were looked for is where the project says; follows opened() or
    /// imageRootChanged().
    void imagesMissing();
    void imagesNotFound(const QString &detail); ///< empty: it was stopped
    void imageRootChanged(); ///< imageRoot() is the folder that was found, or that of a step
    /// Something to tell in a sentence, such as where a project went whose folder is read-only.
    void notice(const QString &sentence);
    /// Images joined, or all are others; before and after. Those of a large folder join in a few
    /// steps.
    void imagesAboutToChange();
    void imagesChanged();
    void imageChanged(core::Id image);
    /// All pictures of the folder that was opened last are here.
    void imagesListed();
    void imageMoved(core::Id image); ///< its file has another name or place
    /// It keeps its name: imageAt() of that file is another image. Nothing was saved.
    void imageNotMoved(core::Id image, const QString &file);
    void categoriesChanged();
    void annotationsChanged(core::Id image);
    /// `joined`: the only one that came (an undone decision); null: none did, or several.
    void proposalsChanged(const project::ProposalPointer &joined);
    void unsavedCountChanged(int count);
    void saveFailed(core::ErrorKind kind, const QString &detail);
    void editRefused();

private:
    static bool takeIds(core::Id &next, core::Id first, core::Id last);
    void exchangeImageForeign(std::map<core::Id, core::ForeignKeys> &foreign,
                              project::ChangeSet &changes);
    void connectPictures();
    void ownImages();
    void takeOpened(const OpenedProject &project);
    void takeImages(const std::shared_ptr<ImageTable> &images);

    ProjectStore m_store;
    QUndoStack m_undoStack;
    OpenRequest m_request;
    bool m_opening = false;
    bool m_listing = false;
    int m_lookings = 0; ///< for images, that were not answered yet
    bool m_readOnly = false;
    std::filesystem::path m_projectFile;
    std::filesystem::path m_imageRoot;
    std::filesystem::path m_askedRoot; ///< that the project's thread is to make it
    std::shared_ptr<ImageTable> m_images = std::make_shared<ImageTable>(); ///< shared by snapshots
    /// Those that are others than when it was opened: sizes learnt, foreign keys imported.
    std::unordered_map<core::Id, core::ImageRecord> m_noted;
    std::unordered_map<core::Id, std::string> m_moves; ///< under way; the name before
    std::unordered_map<core::Id, std::string>
        m_askedNames; ///< that the project's thread is to give
    std::shared_ptr<ImageDigests> m_digests = std::make_shared<ImageDigests>();
    std::map<core::Id, core::Category> m_categories;
    std::shared_ptr<AnnotationTable> m_annotations = std::make_shared<AnnotationTable>();
    /// Shared by imports.
    std::shared_ptr<ProposalTable> m_proposals = std::make_shared<ProposalTable>();
    core::ForeignKeys m_foreign;
    core::Id m_nextCategoryId = 1;
    core::Id m_nextAnnotationId = 1;
    core::Id m_nextProposalId = 1;
};

} // namespace ui
