// SPDX-License-Identifier: Apache-2.0
// The part of MainWindow that says what follows from what.
#include "ui/widgets/main_window.h"

#include "ui/editing/edits.h"
#include "ui/widgets/input/bar_keys.h"
#include "ui/widgets/interchange/interchange_desk.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/model_progress.h"
#include "ui/widgets/operations/clean_up_bar.h"
#include "ui/widgets/operations/object_actions.h"
#include "ui/widgets/overlays/about_dialog.h"
#include "ui/widgets/overlays/empty_state.h"
#include "ui/widgets/overlays/guide_card.h"
#include "ui/widgets/overlays/key_overlay.h"
#include "ui/widgets/panels/category_panel.h"
#include "ui/widgets/panels/category_picker.h"
#include "ui/widgets/panels/history_panel.h"
#include "ui/widgets/panels/image_panel.h"
#include "ui/widgets/panels/object_panel.h"
#include "ui/widgets/project_progress.h"
#include "ui/widgets/project_troubles.h"
#include "ui/widgets/proposals/everything_bar.h"
#include "ui/widgets/proposals/everything_desk.h"
#include "ui/widgets/proposals/review_bar.h"
#include "ui/widgets/proposals/review_desk.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/status_line.h"
#include "ui/widgets/tool_bar.h"
#include "ui/widgets/words.h"

#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>
#include <QShortcut>

namespace ui
{

void MainWindow::connectActions()
{
    const auto on = [this](ActionId id, auto slot) {
        connect((*m_actions)[id], &QAction::triggered, this, slot);
    };
    on(ActionId::OpenImages, [this] { askForImages(); });
    on(ActionId::OpenFolder, [this] { askForFolder(); });
    on(ActionId::OpenProject, [this] { askForProject(); });
    on(ActionId::Quit, [this] { close(); });
    on(ActionId::NextImage, [this] { stepImage(1); });
    on(ActionId::PreviousImage, [this] { stepImage(-1); });
    on(ActionId::Undo, [this] { undo(); });
    on(ActionId::Redo, [this] { m_document.undoStack()->redo(); });
    on(ActionId::DeleteObject, [this] { deleteSelected(); });
    on(ActionId::RefineObject, [this] { m_session.refine(m_selection.single()); });
    on(ActionId::AddCategory, [this] { m_categoryPanel->startAdding(); });
    on(ActionId::PickCategory, [this] {
        auto *picker = new CategoryPicker(m_document, m_categoryModel, m_canvas);
        connect(picker, &CategoryPicker::chosen, this, &MainWindow::chooseCategory);
        picker->popUp();
    });
    on(ActionId::Everything, [this] { m_everything->start(); });
    on(ActionId::Accept, [this] {
        if (!m_toolbox.current().complete() && (m_session.isActive() || !m_everything->accept()))
            m_session.accept();
    });
    on(ActionId::AcceptAndNext, [this] { acceptAndNext(); });
    on(ActionId::Drop, [this] {
        if (m_toolbox.current().isBusy())
            m_toolbox.current().cancel();
        else if (m_review->stepBack())
            return;
        else if (m_session.isActive())
            m_session.drop();
        else if (!m_everything->drop())
            m_selection.select(0);
    });
    on(ActionId::TakeBack, [this] {
        if (!m_toolbox.current().takeBack())
            m_session.takeBack();
    });
    on(ActionId::NextCandidate, [this] { m_session.selectNext(); });
    on(ActionId::PreviousCandidate, [this] { m_session.selectPrevious(); });
    on(ActionId::LargerBrush, [this] { m_toolbox.current().resize(1); });
    on(ActionId::SmallerBrush, [this] { m_toolbox.current().resize(-1); });
    on(ActionId::FitImage, [this] { m_canvas->fit(); });
    on(ActionId::ZoomToPixels, [this] { m_canvas->setZoom(1); });
    on(ActionId::ZoomIn, [this] { m_canvas->zoomBy(1.25); });
    on(ActionId::ZoomOut, [this] { m_canvas->zoomBy(1 / 1.25); });
    on(ActionId::HideMasks, [this](bool hidden) { m_canvas->setMasksHidden(hidden); });
    on(ActionId::NextPart, [this] {
        focusNextPart(QList<QWidget *>{m_canvas, m_empty, m_messages, m_guideCard,
                                       m_everything->bar(), m_review->bar(),
                                       m_objectActions->cleanUpBar(), m_toolBar, m_imagePanel,
                                       m_historyPanel, m_categoryPanel, m_objectPanel} +
                      progressWidgets());
    });
    on(ActionId::HidePanels, [this](bool hidden) { hidePanels(hidden); });
    on(ActionId::FullScreen, [this](bool full) { full ? showFullScreen() : showNormal(); });
    on(ActionId::ShowGestures, [this] { m_keys->toggle(m_toolbox.current().action()); });
    on(ActionId::StartGuide, [this] { startGuide(); });
    on(ActionId::About, [this] { AboutDialog(m_service.status(), m_libraries, this).exec(); });

    auto *tools = new QActionGroup(this);
    for (const std::unique_ptr<Tool> &tool : m_toolbox.tools()) {
        QAction *action = (*m_actions)[tool->action()];
        action->setCheckable(true);
        action->setChecked(tool.get() == &m_toolbox.current());
        tools->addAction(action);
        on(tool->action(), [this, id = tool->action()] { m_toolbox.setCurrent(id); });
    }
    for (int digit = 0; digit <= 9; ++digit) {
        auto *key = new QShortcut(QKeySequence(Qt::Key_0 + digit), this);
        connect(key, &QShortcut::activated, this, [this, digit] {
            if (const core::Id category = m_categoryModel.idForKey(digit))
                chooseCategory(category);
        });
    }
    buildThemeMenu();
}

void MainWindow::buildThemeMenu()
{
    QMenu *menu = m_actions->menu((*m_actions)[ActionId::FullScreen])->addMenu(tr("&Theme"));
    auto *group = new QActionGroup(this);
    for (const auto &[text, choice] :
         {std::pair(tr("As the &System"), ThemeChoice::System),
          std::pair(tr("&Light"), ThemeChoice::Light), std::pair(tr("&Dark"), ThemeChoice::Dark)}) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(choice == settings::theme());
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice = choice] {
            settings::setTheme(choice);
            setThemeChoice(choice);
        });
    }
}

void MainWindow::connectObjects()
{
    connect(m_imagePanel, &ImagePanel::chosen, this, &MainWindow::showImage);
    connect(m_categoryPanel, &CategoryPanel::chosen, this, &MainWindow::chooseCategory);
    connect(&m_selection, &Selection::changed, this, [this] {
        m_canvas->setSelected(m_selection.ids());
        updateEnabled();
    });
    connect(m_objectPanel, &ObjectPanel::shown, m_canvas, &CanvasView::showAnnotation);
    connect(m_canvas, &CanvasView::annotationClicked, this, [this](core::Id id, bool joins) {
        joins ? m_selection.toggle(id) : m_selection.select(id);
    });
    connect(m_canvas, &CanvasView::pointerMoved, m_status, &StatusLine::setPosition);
    connect(m_canvas, &CanvasView::zoomChanged, this, [this](double zoom) {
        m_status->setZoom(m_canvas->hasPicture() ? std::optional(zoom) : std::nullopt);
    });
    m_canvas->setFilters([this](core::Id id) { return m_objectModel.isVisible(id); },
                         [this](core::Id id) { return m_objectModel.isLocked(id); });
    connect(&m_objectModel, &QAbstractItemModel::dataChanged, m_canvas,
            &CanvasView::updateAnnotations);
    m_target.setIsLocked([this](core::Id id) { return m_objectModel.isLocked(id); });
    connect(&m_objectModel, &QAbstractItemModel::dataChanged, &m_target, &MaskTarget::changed);
    connect(&m_imageModel, &QAbstractItemModel::modelReset, this, &MainWindow::updateEnabled);

    connect(&m_everything->session(), &EverythingSession::stateChanged, this,
            &MainWindow::updateEnabled);
    connect(&m_toolbox, &Toolbox::previewChanged, this, &MainWindow::updateEnabled);
    connect(m_objectActions.get(), &ObjectActions::busyChanged, this, &MainWindow::updateEnabled);
    connect(&m_session, &PromptSession::promptChanged, this, &MainWindow::updateEnabled);
    connect(&m_session, &PromptSession::candidatesChanged, this, &MainWindow::updateEnabled);
    connect(&m_session, &PromptSession::categoryChanged, this, &MainWindow::updateWorkColor);
    connect(&m_session, &PromptSession::acceptRefused, this, [this] {
        m_nextAfterAccept = false;
        m_messages->showMessage(
            MessageBar::Kind::Information,
            m_document.isReadOnly()
                ? tr("This project is open for reading only.")
                : tr("There is no mask to keep yet: click on something in the picture."));
    });
    connect(&m_session, &PromptSession::accepted, this, [this] {
        if (m_messages->kind() == MessageBar::Kind::Information)
            m_messages->dismiss();
        if (std::exchange(m_nextAfterAccept, false))
            stepImage(1);
    });
    connect(&m_session, &PromptSession::failed, this,
            [this](core::ErrorKind kind, const QString &detail) {
                m_nextAfterAccept = false;
                if (kind != core::ErrorKind::Cancelled) // the user did that; the status bar tells
                    m_messages->showMessage(MessageBar::Kind::Error, errorText(kind, detail));
            });
    connect(m_empty, &EmptyState::openFolderAsked, this, &MainWindow::askForFolder);
    connect(m_empty, &EmptyState::openImagesAsked, this, &MainWindow::askForImages);
    connect(m_empty, &EmptyState::sampleAsked, this, &MainWindow::openSample);
}

void MainWindow::connectDocument()
{
    using Kind = MessageBar::Kind;
    connect(&m_document, &Document::opened, this, &MainWindow::showOpened);
    connect(&m_document, &Document::openFailed, this, [this] {
        if (!m_document.isOpen())
            m_empty->showWelcome();
    });
    for (const auto change : {&Document::openingBegan, &Document::imagesListed})
        connect(&m_document, change, this, &MainWindow::updateEnabled);
    connect(&m_document, &Document::openFailed, this, &MainWindow::updateEnabled);
    connect(&m_document, &Document::imageRootChanged, this, &MainWindow::showAgain);
    connect(&m_document, &Document::imageMoved, this, [this](core::Id image) {
        if (image == m_image)
            showAgain();
    });
    connect(m_projectProgress, &TaskProgress::cancelled, m_troubles, &ProjectTroubles::stopWaiting);
    connect(m_troubles, &ProjectTroubles::pictureAsked, this, &MainWindow::showImage);
    connect(&m_document, &Document::notice, this, [this](const QString &sentence) {
        m_messages->showMessage(Kind::Information, sentence);
    });
    connect(&m_document, &Document::annotationsChanged, this, [this](core::Id image) {
        if (image != m_image) // an import touches thousands
            return;
        updateStatus();
        updateEnabled();
    });
    connect(&m_document, &Document::categoriesChanged, this, &MainWindow::updateWorkColor);
    connect(&m_document, &Document::unsavedCountChanged, this, &MainWindow::updateStatus);
    connect(&m_document, &Document::saveFailed, this,
            [this](core::ErrorKind kind, const QString &detail) {
                m_messages->showMessage(
                    Kind::Error,
                    errorText(kind, detail) + QLatin1Char(' ') +
                        tr("Your work is kept in memory until it can be saved."),
                    tr("Try again"), [this] { m_document.retrySaving(); });
            });
    connect(&m_document, &Document::editRefused, this, [this] {
        m_messages->showMessage(Kind::Information, tr("This project is open for reading only."));
    });
    for (const auto change : {&QUndoStack::canUndoChanged, &QUndoStack::canRedoChanged})
        connect(m_document.undoStack(), change, this, &MainWindow::updateEnabled);
}

void MainWindow::connectService()
{
    connect(&m_service, &SegmentationService::statusChanged, this,
            [this](const ServiceStatus &status) {
                m_status->setService(status);
                m_canvas->setPending(status.phase != ServiceStatus::Phase::Ready);
            });
    connect(&m_service, &SegmentationService::imageRead, this, &MainWindow::showPicture);
    connect(&m_service, &SegmentationService::imageDoubted, this,
            [this](core::Id, const QString &detail) {
                m_messages->showMessage(MessageBar::Kind::Warning, detail);
            });
    connect(&m_service, &SegmentationService::imageFailed, this,
            [this](core::Id image, core::ErrorKind kind, const QString &detail) {
                m_imageModel.setUnreadable(image, true);
                if (image != m_image)
                    return;
                m_canvas->setPicture(nullptr);
                m_empty->showText(errorHeading(kind), detail);
                m_empty->show();
                if (kind == core::ErrorKind::FileNotFound)
                    m_troubles->lookForPicture(image);
            });
    connect(&m_service, &SegmentationService::modelFailed, this,
            [this](core::ErrorKind kind, const QString &detail) {
                m_messages->showMessage(MessageBar::Kind::Error, errorText(kind, detail));
            });
    const QString notPrepared =
        tr("This picture is not prepared: you can draw by hand, and a click with the smart tool "
           "prepares it.");
    connect(m_modelProgress, &TaskProgress::cancelled, this, [this, notPrepared] {
        if (m_service.status().phase == ServiceStatus::Phase::NotPrepared)
            m_messages->showMessage(MessageBar::Kind::Information, notPrepared);
    });
    connect(&m_service, &SegmentationService::embeddingReady, this, [this, notPrepared] {
        if (m_messages->text() == notPrepared)
            m_messages->dismiss();
    });
    m_canvas->setPending(!m_service.isReady());
}

void MainWindow::connectInterchange()
{
    connect((*m_actions)[ActionId::ExportDataset], &QAction::triggered, m_interchange,
            &InterchangeDesk::askForExport);
    connect((*m_actions)[ActionId::ImportAnnotations], &QAction::triggered, m_interchange,
            [this] { m_interchange->askForImport(); });
    connect(m_interchange, &InterchangeDesk::busyChanged, this, &MainWindow::updateEnabled);
    connect(m_interchange, &InterchangeDesk::reviewAsked, m_review, &ReviewDesk::next);
}

} // namespace ui
