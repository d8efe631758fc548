// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/main_window.h"

#include "ui/widgets/canvas/candidate_strip.h"
#include "ui/widgets/input/bar_keys.h"
#include "ui/widgets/interchange/interchange_desk.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/model_progress.h"
#include "ui/widgets/operations/object_actions.h"
#include "ui/widgets/overlays/empty_state.h"
#include "ui/widgets/overlays/guide_card.h"
#include "ui/widgets/overlays/key_overlay.h"
#include "ui/widgets/panels/category_panel.h"
#include "ui/widgets/panels/history_panel.h"
#include "ui/widgets/panels/image_panel.h"
#include "ui/widgets/panels/object_panel.h"
#include "ui/widgets/project_progress.h"
#include "ui/widgets/project_troubles.h"
#include "ui/widgets/prompting/prompting_controller.h"
#include "ui/widgets/proposals/everything_desk.h"
#include "ui/widgets/proposals/review_desk.h"
#include "ui/widgets/save_before_closing.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/status_line.h"
#include "ui/widgets/task_progress.h"
#include "ui/widgets/theme/icons.h"
#include "ui/widgets/tool_bar.h"
#include "ui/widgets/tool_options/remembered_sizes.h"
#include "ui/widgets/tool_options/tool_hint.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QListView>
#include <QMenuBar>
#include <QScreen>

namespace ui
{

MainWindow::MainWindow(Document &document, SegmentationService &service, bool systemIsDark,
                       const QString &libraries)
    : m_document(document), m_service(service), m_session(document, service), m_selection(document),
      m_target(document, m_session, m_selection), m_toolbox(m_session, m_target),
      m_guide(document, m_session), m_shapes(document), m_imageModel(document),
      m_categoryModel(document), m_objectModel(document), m_history(*document.undoStack()),
      m_actions(new Actions(this)), m_canvas(new CanvasView(m_session, m_toolbox, m_shapes)),
      m_empty(new EmptyState(m_canvas)), m_guideCard(new GuideCard(m_guide, m_canvas)),
      m_messages(new MessageBar(m_canvas)), m_modelProgress(new ModelProgress(service)),
      m_projectProgress(new ProjectProgress(document)), m_savingProgress(new TaskProgress({})),
      m_troubles(new ProjectTroubles(document, *m_messages, this)),
      m_toolBar(new ToolBar(*m_actions, m_toolbox)), m_status(new StatusLine),
      m_imagePanel(new ImagePanel(m_imageModel)),
      m_categoryPanel(new CategoryPanel(document, m_categoryModel, m_session)),
      m_objectPanel(new ObjectPanel(m_objectModel, m_selection)),
      m_historyPanel(new HistoryPanel(m_history)),
      m_objectActions(std::make_unique<ObjectActions>(*m_actions, document, m_selection, m_target,
                                                      m_objectModel, *m_canvas, *m_messages)),
      m_keys(new KeyOverlay(this)),
      m_prompting(new PromptingController(m_session, service, *m_actions, *m_canvas, *m_toolBar,
                                          *m_messages, this)),
      m_libraries(libraries), m_systemIsDark(systemIsDark),
      m_everything(new EverythingDesk(document, service, m_session, *m_canvas, *m_messages, this)),
      m_review(new ReviewDesk(document, service, m_session, *m_canvas, *m_messages, this)),
      m_interchange(new InterchangeDesk(document, *m_messages, this))
{
    setObjectName(QStringLiteral("window"));
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    setCentralWidget(m_canvas);
    auto *layout = new QHBoxLayout(m_canvas);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_empty);
    m_actions->fillMenus(*menuBar());
    addToolBar(m_toolBar);
    setStatusBar(m_status);
    buildPanels();
    auto *hint = new ToolHint(m_toolbox);
    connect(m_prompting, &PromptingController::noted, hint, &ToolHint::setNote);
    m_status->insertWidget(1, hint, 2);
    m_savingProgress->setObjectName(QStringLiteral("savingProgress"));
    // Before the numbers, which keep their places. Qt counts the widgets on the left as well.
    for (QWidget *progress : progressWidgets())
        m_status->insertPermanentWidget(2, progress);
    for (QWidget *bar : QList<QWidget *>{m_empty, m_toolBar} + progressWidgets())
        keepBarKeys(bar, m_canvas);
    connectActions();
    connectObjects();
    connectDocument();
    connectService();
    connectInterchange();
    connectPreferences();
    connectProposals();

    restoreToolSizes(m_toolbox);
    setThemeChoice(settings::theme());
    resize(QSize(1280, 800).boundedTo(screen()->availableSize()));
    restoreGeometry(settings::windowGeometry());
    restoreState(settings::windowState());
    updateWorkColor();
    updateEnabled();
    updateStatus();
    updateTitle();
    m_canvas->setFocus();
}

QList<QWidget *> MainWindow::progressWidgets() const
{
    return {m_modelProgress,
            m_projectProgress,
            m_savingProgress,
            m_troubles->progress(),
            m_objectActions->progress(),
            m_interchange->exportProgress(),
            m_interchange->importProgress(),
            m_everything->progress(),
            m_review->progress()};
}

MainWindow::~MainWindow()
{
    // The canvas uses the session and the tool, which go before the window's children do.
    delete m_canvas;
    m_objectActions.reset();
}

void MainWindow::setThemeChoice(ThemeChoice choice)
{
    const Theme theme = Theme::forChoice(choice, m_systemIsDark);
    applyTheme(*qApp, theme);
    m_actions->setTheme(theme);
    m_toolBar->setTheme(theme);
    m_canvas->setTheme(theme);
    m_empty->setTheme(theme);
    m_messages->setTheme(theme);
    m_everything->setTheme(theme);
    m_review->setTheme(theme);
    m_imagePanel->setTheme(theme);
    m_categoryPanel->setTheme(theme);
    m_objectPanel->setTheme(theme);
    m_historyPanel->setTheme(theme);
    m_objectActions->setTheme(theme);
    m_keys->setTheme(theme);
    m_guideCard->setTheme(theme);
}

QString MainWindow::emptyHeading() const
{
    return m_empty->isHidden() ? QString() : m_empty->heading();
}

void MainWindow::updateTitle()
{
    const core::ImageRecord *image = m_document.image(m_image);
    setWindowTitle(image ? QString::fromStdString(image->fileName) + QStringLiteral(" — Maskwright")
                         : QStringLiteral("Maskwright"));
}

void MainWindow::updateStatus()
{
    m_status->setService(m_service.status());
    m_status->setObjects(m_image ? m_document.annotationCount(m_image) : -1,
                         m_document.unsavedCount(), m_document.isReadOnly());
    if (!m_canvas->hasPicture())
        m_status->setZoom(std::nullopt);
}

void MainWindow::updateEnabled()
{
    const auto enable = [this](ActionId id, bool on) { (*m_actions)[id]->setEnabled(on); };
    const bool picture = m_canvas->hasPicture();
    const bool active = m_session.isActive();
    const EverythingSession &everything = m_everything->session();
    const bool selected = !m_selection.ids().empty();
    const ReviewSession &review = m_review->session();
    enable(ActionId::ImportAnnotations, m_document.isOpen() && !m_document.isReadOnly() &&
                                            !m_document.isListing() &&
                                            !m_interchange->isImporting());
    enable(ActionId::ImportDetections, m_document.isOpen() && !m_document.isReadOnly() &&
                                           !m_document.isOpening() &&
                                           !m_review->importing().isRunning());
    enable(ActionId::NextProposal, review.count() > 0);
    enable(ActionId::PreviousProposal, review.isOn());
    enable(ActionId::ExportDataset,
           m_document.isOpen() && !m_document.isOpening() && !exportTask().isRunning());
    enable(ActionId::NextImage, m_image && m_imageModel.neighbor(m_image, 1));
    enable(ActionId::PreviousImage, m_image && m_imageModel.neighbor(m_image, -1));
    enable(ActionId::AcceptAndNext, m_image != 0);
    enable(ActionId::Undo, m_toolbox.current().isBusy() || m_objectActions->isBusy() ||
                               m_session.canTakeBack() || m_document.undoStack()->canUndo());
    enable(ActionId::Redo, m_document.undoStack()->canRedo());
    enable(ActionId::DeleteObject, ((selected || review.isOn()) && !m_document.isReadOnly()) ||
                                       m_toolbox.current().isBusy());
    enable(ActionId::RefineObject, m_selection.single() && !m_document.isReadOnly());
    enable(ActionId::Drop,
           active || selected || m_toolbox.current().isBusy() || everything.isActive());
    enable(ActionId::Accept, active || m_toolbox.current().isBusy() || everything.isOffering());
    enable(ActionId::Everything, picture && !m_document.isReadOnly());
    enable(ActionId::TakeBack, m_toolbox.current().isBusy() || m_session.canTakeBack());
    for (const ActionId id : {ActionId::NextCandidate, ActionId::PreviousCandidate})
        enable(id, m_session.candidates().size() > 1);
    enable(ActionId::AddCategory, m_document.isOpen());
    enable(ActionId::PickCategory, m_document.isOpen());
    for (const ActionId id : {ActionId::FitImage, ActionId::ZoomToPixels, ActionId::ZoomIn,
                              ActionId::ZoomOut, ActionId::HideMasks})
        enable(id, picture);
    m_objectPanel->setPictureShown(picture);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!saveBeforeClosing(m_document, *m_savingProgress, this)) {
        event->ignore();
        return;
    }
    if ((*m_actions)[ActionId::HidePanels]->isChecked())
        hidePanels(false); // or nobody would know how to get them back
    settings::setWindow(saveGeometry(), saveState());
    rememberToolSizes(m_toolbox);
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && !isActiveWindow())
        m_canvas->setMasksHidden(false);
}

} // namespace ui
