// SPDX-License-Identifier: Apache-2.0
// The part of MainWindow that knows what detectors propose.
#include "ui/widgets/main_window.h"

#include "ui/widgets/proposals/review_desk.h"
#include "ui/widgets/settings.h"

#include <QFileDialog>
#include <QFileInfo>

namespace ui
{

void MainWindow::connectProposals()
{
    connect((*m_actions)[ActionId::ImportDetections], &QAction::triggered, this,
            &MainWindow::askForDetections);
    connect((*m_actions)[ActionId::NextProposal], &QAction::triggered, m_review, &ReviewDesk::next);
    connect((*m_actions)[ActionId::PreviousProposal], &QAction::triggered, m_review,
            &ReviewDesk::previous);
    connect(m_review, &ReviewDesk::importingChanged, this, &MainWindow::updateEnabled);
    connect(&m_review->session(), &ReviewSession::pictureAsked, this, &MainWindow::showImage);
    connect(&m_review->session(), &ReviewSession::changed, this, &MainWindow::updateEnabled);
}

void MainWindow::askForDetections()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Import a detector's boxes or masks"), settings::lastFolder(),
        tr("COCO results or annotations") + QStringLiteral(" (*.json *.JSON);;") + tr("All files") +
            QStringLiteral(" (*)"));
    if (file.isEmpty())
        return;
    settings::setLastFolder(QFileInfo(file).absolutePath());
    m_review->import(std::filesystem::path(file.toStdU16String()));
}

/// Del, as long as no object is selected.
bool MainWindow::rejectProposal()
{
    if (!m_review->session().isOn() || !m_selection.ids().empty())
        return false;
    m_review->session().reject();
    return true;
}

} // namespace ui
