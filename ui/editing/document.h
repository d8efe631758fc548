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
#include <vector>

namespace ui
{

/// What is being worked on: the images, categories and annotations of one project, as values in
/// memory. GUI thread. Every change goes through exchange(), which saves it in one transaction on
/// the project's own thread; nothing here waits for a disk.
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
    bool isOpen() const { return !m_projectFile.empty(); }
    bool isReadOnly() const { return m_readOnly; }
    const std::filesystem::path &projectFile() const { return m_projectFile; }
    const std::filesystem::path &imageRoot() const { return m_imageRoot; }

    /// In natural order of their names; a size is {0, 0} until the picture was read once.
    const std::vector<core::ImageRecord> &images() const { return m_images; }
    const core::ImageRecord *image(core::Id id) const; ///< null: no such image
    std::filesystem::path imagePath(core::Id id) const;
    /// Noted when a picture was read. Saved, but nothing to undo. False when masks of another size
    /// are there: the file was replaced since, and they stay those of the old picture.
    bool setImageSize(core::Id id, core::Size size);

    /// By id.
    std::vector<core::Category> categories() const;
    const core::Category *category(core::Id id) const;

    /// By id, which is the order of painting.
    std::vector<project::AnnotationPointer> annotations(core::Id image) const;
    int annotationCount(core::Id image) const;
    /// Null: no such annotation.
    project::AnnotationPointer annotation(core::Id id) const;
    std::vector<project::AnnotationPointer> annotationsOfCategory(core::Id category) const;

    core::Id newAnnotationId() { return m_nextAnnotationId++; }
    core::Id newCategoryId() { return m_nextCategoryId++; }

    /// Puts `edit` in the place of what is there, saves it, and returns what was there.
    DocumentEdit exchange(DocumentEdit edit);

    /// Pushes the command, which runs it; read-only documents refuse it (false, editRefused).
    bool push(QUndoCommand *command);
    QUndoStack *undoStack() { return &m_undoStack; }

    /// All of it, for an export; costs next to nothing, masks are shared.
    DatasetSnapshot snapshot() const;

    /// Actions that are not on the disk yet; 0: all saved. More than one for long means trouble.
    int unsavedCount() const { return m_store.unsavedCount(); }
    /// After a failure: tries again, in the order of the actions.
    void retrySaving() { m_store.retry(); }
    /// For closing the program: true when everything was saved in time.
    bool waitForSaved(int milliseconds) { return m_store.waitForSaved(milliseconds); }

Q_SIGNALS:
    /// A project was opened or images joined it. `current` is the image to show, 0 for none.
    void opened(core::Id current);
    void openFailed(core::ErrorKind kind, const QString &detail);
    /// Something to tell in a sentence, such as where a project went whose folder is read-only.
    void notice(const QString &sentence);
    void imagesChanged();
    void imageChanged(core::Id image);
    void categoriesChanged();
    void annotationsChanged(core::Id image);
    void unsavedCountChanged(int count);
    void saveFailed(core::ErrorKind kind, const QString &detail);
    void editRefused();

private:
    void takeOpened(const OpenedProject &project);
    void takeContents(const project::Contents &contents);
    void takeImages(const std::vector<core::ImageRecord> &images);
    void putAnnotation(core::Id id, project::AnnotationPointer &value);

    ProjectStore m_store;
    QUndoStack m_undoStack;
    bool m_opening = false;
    bool m_readOnly = false;
    std::filesystem::path m_projectFile;
    std::filesystem::path m_imageRoot;
    std::vector<core::ImageRecord> m_images;
    std::unordered_map<core::Id, std::size_t> m_imageIndex;
    std::map<core::Id, core::Category> m_categories;
    std::map<core::Id, project::AnnotationPointer> m_annotations;
    std::map<core::Id, std::map<core::Id, project::AnnotationPointer>> m_annotationsByImage;
    core::Id m_nextCategoryId = 1;
    core::Id m_nextAnnotationId = 1;
};

} // namespace ui
