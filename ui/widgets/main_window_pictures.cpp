// SPDX-License-Identifier: Apache-2.0
// The part of MainWindow that goes from picture to picture and edits what is selected.
#include "ui/widgets/main_window.h"

#include "ui/editing/edits.h"
#include "ui/editing/palette.h"
#include "ui/widgets/canvas/picture_pyramid.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/operations/object_actions.h"
#include "ui/widgets/overlays/empty_state.h"
#include "ui/widgets/panels/image_panel.h"
#include "ui/widgets/panels/object_panel.h"
#include "ui/widgets/project_troubles.h"
#include "ui/widgets/proposals/review_desk.h"
#include "ui/widgets/status_line.h"

#include <QFileInfo>
#include <QtConcurrentRun>

namespace ui
{

void MainWindow::showOpened(core::Id current)
{
    if (m_projectFile != m_document.projectFile()) {
        m_projectFile = m_document.projectFile();
        closePicture(); // ids mean something else now
    }
    if (!current && !m_image && !m_document.images().empty())
        current = m_document.images().front().id;
    if (current) {
        showImage(current);
    } else if (m_document.images().empty()) {
        m_empty->showText(tr("There are no pictures here"),
                          tr("Drop pictures on the window, or open another folder."));
        m_empty->show();
    }
    updateStatus();
    updateEnabled();
}

void MainWindow::closePicture()
{
    m_session.drop();
    m_image = 0;
    m_service.closeImage();
    m_canvas->setPicture(nullptr);
    m_toolbox.setPicture({});
    m_shapes.setImage(0);
    m_objectModel.setImage(0);
    m_selection.setImage(0);
    updateTitle();
}

void MainWindow::showImage(core::Id image)
{
    const core::ImageRecord *record = m_document.image(image);
    if (!record || (image == m_image && m_canvas->hasPicture()))
        return;
    keepUnfinished();
    const core::Id last = std::exchange(m_image, image);
    m_canvas->setPicture(nullptr);
    m_toolbox.setPicture({});
    m_empty->showText(QString(), QString()); // reading is quick; the status bar says it
    m_shapes.setImage(image);
    m_objectModel.setImage(image);
    m_selection.setImage(image);
    m_imagePanel->setCurrent(image);
    m_service.openImage(image, m_document.imagePath(image));
    prepareNext(last);
    updateTitle();
    updateStatus();
    updateEnabled();
}

void MainWindow::showAgain()
{
    m_canvas->setPicture(nullptr);
    showImage(m_image);
}

void MainWindow::showPicture(core::Id image, const QImage &picture)
{
    m_troubles->checkPicture(image, {picture.width(), picture.height()}, m_service.imageDigest());
    m_imageModel.setUnreadable(image, false);
    QtConcurrent::run([picture] { return PicturePyramid::fromImage(picture); })
        .then(this, [this, image, picture, read = std::weak_ptr(m_service.pixels())](
                        const std::shared_ptr<const PicturePyramid> &pyramid) {
            const std::shared_ptr<const core::Image> pixels = read.lock();
            if (image != m_image || !pixels || pixels != m_service.pixels())
                return; // another one, or the same from another place, is on its way
            m_empty->hide();
            m_canvas->setPicture(pyramid);
            m_toolbox.setPicture(picture);
            updateStatus();
            updateEnabled();
            if (!m_sampleFile.isEmpty())
                guideSample();
        });
}

void MainWindow::stepImage(int step)
{
    if (const core::Id next = m_imageModel.neighbor(m_image, step))
        showImage(next);
}

void MainWindow::acceptAndNext()
{
    if (!m_session.isActive()) {
        stepImage(1);
        return;
    }
    // The mask may still be on its way. In a review the next proposal says where to go.
    m_nextAfterAccept = !m_session.proposal();
    m_session.accept();
}

void MainWindow::keepUnfinished()
{
    m_nextAfterAccept = false;
    m_review->session().putAside();
    if (!m_session.isActive())
        return;
    const PromptSession::Unfinished object = m_session.unfinished();
    const core::Id image = m_image;
    m_session.drop();
    m_messages->showMessage(MessageBar::Kind::Information,
                            tr("An object was left unfinished in the last picture."), tr("Go back"),
                            [this, image, object] {
                                showImage(image);
                                m_session.resume(object);
                            });
}

void MainWindow::undo()
{
    if (m_toolbox.current().takeBack() || m_objectActions->takeBack())
        return;
    if (m_session.canTakeBack())
        m_session.takeBack();
    else
        m_document.undoStack()->undo();
}

void MainWindow::chooseCategory(core::Id category)
{
    const std::vector<core::Id> selected = m_selection.ids();
    if (!selected.empty() && !m_session.isActive())
        setCategory(m_document, selected, category);
    m_session.setCategory(category);
}

void MainWindow::deleteSelected()
{
    const std::vector<core::Id> selected = m_selection.ids();
    if (!m_toolbox.current().removeHandle() && !rejectProposal() && !selected.empty())
        deleteAnnotations(m_document, selected);
}

void MainWindow::updateWorkColor()
{
    if (const core::Category *category = m_document.category(m_session.category()))
        m_canvas->setWorkColor(QColor::fromRgb(category->color));
    else
        m_canvas->setWorkColor(ui::palette().front());
    updateEnabled();
}

} // namespace ui
