// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/document.h"

#include <QCoreApplication>
#include <QUndoCommand>

#include <string>

namespace ui
{

/// A picture's file is another one. The project's thread has the last word on names, so the step
/// is made when it is done: pushing it finds nothing to do.
class ImageMove : public QUndoCommand
{
public:
    ImageMove(Document &document, core::Id image, std::string before, std::string after)
        : m_document(document), m_image(image), m_before(std::move(before)),
          m_after(std::move(after))
    {
        setText(QCoreApplication::translate("edits", "Use %1 for %2")
                    .arg(QString::fromStdString(m_after), QString::fromStdString(m_before)));
    }
    void redo() override { m_document.setImageName(m_image, m_after); }
    void undo() override { m_document.setImageName(m_image, m_before); }

private:
    Document &m_document;
    core::Id m_image;
    std::string m_before, m_after; ///< as ImageRecord::fileName
};

} // namespace ui
