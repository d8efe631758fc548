// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/document.h"
#include "ui/editing/path_text.h"
#include "ui/editing/project_pictures.h"

#include <QCoreApplication>
#include <QUndoCommand>

#include <filesystem>

namespace ui
{

/// The pictures' folder is another one; their names stay. What is shown follows when the project's
/// thread has changed it, in the order of the steps.
class ImageFolderMove : public QUndoCommand
{
public:
    ImageFolderMove(Document &document, std::filesystem::path before, std::filesystem::path after)
        : m_document(document), m_before(std::move(before)), m_after(std::move(after))
    {
        setText(QCoreApplication::translate("edits", "Use the pictures in %1")
                    .arg(shortened(m_after, document.projectFile().parent_path())));
    }
    void redo() override { m_document.setImageRoot(m_after); }
    void undo() override { m_document.setImageRoot(m_before); }

private:
    /// As seen from the project where the folder is below it.
    static QString shortened(const std::filesystem::path &folder,
                             const std::filesystem::path &project)
    {
        return folder != project && isBelow(project, folder)
                   ? QString::fromStdString(imageNameOf(project, folder))
                   : pathText(folder);
    }

    Document &m_document;
    std::filesystem::path m_before, m_after; ///< absolute
};

} // namespace ui
