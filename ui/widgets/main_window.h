// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/annotation_list_model.h"
#include "ui/editing/annotation_shapes.h"
#include "ui/editing/category_list_model.h"
#include "ui/editing/document.h"
#include "ui/editing/guide.h"
#include "ui/editing/history_model.h"
#include "ui/editing/image_list_model.h"
#include "ui/editing/mask_target.h"
#include "ui/editing/model_choice.h"
#include "ui/editing/prompt_session.h"
#include "ui/editing/segmentation_service.h"
#include "ui/editing/tools/smart_tool.h"
#include "ui/editing/tools/toolbox.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/canvas/canvas_view.h"
#include "ui/widgets/theme/theme.h"

#include <QMainWindow>

class QDockWidget;

namespace ui
{

class CategoryPanel;
class EmptyState;
class EverythingDesk;
class HistoryPanel;
class GuideCard;
class ExportTask;
class ImagePanel;
class InterchangeDesk;
class KeyOverlay;
class MessageBar;
class ModelChooser;
class ModelProgress;
class ObjectActions;
class ObjectPanel;
class PanelHeader;
struct PreferenceValues;
class ProjectProgress;
class ProjectTroubles;
class PromptingController;
class ReviewDesk;
class StatusLine;
class TaskProgress;
class ToolBar;

/// Puts the panels round the canvas and connects them with the document, the session and the
/// service. Decides nothing that could be decided below.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// Both must outlive the window. `systemIsDark`: see theme.h. `libraries`: for the About
    /// dialog.
    MainWindow(Document &document, SegmentationService &service, bool systemIsDark,
               const QString &libraries = {});
    ~MainWindow() override;

    /// A folder, pictures or a project file, as dropped or named on the command line; with them, or
    /// for the project that is open, a detector's .json files.
    void openPaths(const QStringList &paths);
    void openSample();
    /// What the preferences offer; without it there is no choice of models. `current`: what the
    /// service was made with.
    void setModels(ModelMaker maker, const ModelChoice &current,
                   ProcessorBf16 bf16 = ProcessorBf16::NoMatter);
    void exportTo(const QString &file); ///< as COCO

    core::Id currentImage() const { return m_image; } ///< 0: none
    CanvasView *canvas() const { return m_canvas; }
    PromptSession &session() { return m_session; }
    Selection &selection() { return m_selection; }
    Toolbox &toolbox() { return m_toolbox; }
    Guide &guide() { return m_guide; }
    MessageBar *messages() const { return m_messages; }
    ProjectTroubles *troubles() const { return m_troubles; }
    QString emptyHeading() const; ///< what stands in the place of a picture; empty: one is shown
    StatusLine *statusLine() const { return m_status; }
    ObjectPanel *objects() const { return m_objectPanel; }
    EverythingDesk &everything() { return *m_everything; }
    ReviewDesk &review() { return *m_review; }
    PromptingController *prompting() const { return m_prompting; }
    ExportTask &exportTask();
    InterchangeDesk &interchange() { return *m_interchange; }
    HistoryPanel *history() const { return m_historyPanel; }
    ObjectActions &objectActions() { return *m_objectActions; }
    const Actions &actions() const { return *m_actions; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QList<QWidget *> progressWidgets() const;
    void buildPanels();
    void buildPanelMenu();
    QDockWidget *addPanel(const QString &name, PanelHeader *header, QWidget *panel,
                          Qt::DockWidgetArea area);
    void connectActions();
    void connectObjects();
    void connectDocument();
    void connectService();
    void connectInterchange();
    void connectPreferences();
    void connectProposals();

    void setThemeChoice(ThemeChoice choice);
    void buildThemeMenu();
    void showOpened(core::Id current);
    void closePicture();
    void showImage(core::Id image);
    void showAgain(); ///< its file is another one
    void acceptAndNext();
    /// Leaving a picture with an object in work offers the way back.
    void keepUnfinished();
    void updateWorkColor();
    /// The first mask, step by step: on the open picture, else on the sample.
    void startGuide();
    void guideSample();
    void showPicture(core::Id image, const QImage &picture);
    /// The picture has not the size that its objects were drawn on.
    void stepImage(int step);
    void prepareNext(core::Id last);
    void showPreferences();
    void applyPreferences(const PreferenceValues &values);
    void tellModelCancelled(bool isAsBefore);
    void undo();
    void chooseCategory(core::Id category);
    void deleteSelected();
    bool rejectProposal();
    void hidePanels(bool hide);
    void askForImages();
    void askForFolder();
    void askForProject();
    void askForDetections();
    void updateEnabled();
    void updateStatus();
    void updateTitle();

    Document &m_document;
    SegmentationService &m_service;
    PromptSession m_session;
    Selection m_selection;
    MaskTarget m_target;
    Toolbox m_toolbox;
    Guide m_guide;
    AnnotationShapes m_shapes;
    ImageListModel m_imageModel;
    CategoryListModel m_categoryModel;
    AnnotationListModel m_objectModel;
    HistoryModel m_history;

    Actions *m_actions;
    CanvasView *m_canvas;
    EmptyState *m_empty;
    GuideCard *m_guideCard;
    MessageBar *m_messages;
    ModelChooser *m_models = nullptr; ///< null: there is nothing to choose from
    ProcessorBf16 m_bf16 = ProcessorBf16::NoMatter;
    ModelProgress *m_modelProgress;
    ProjectProgress *m_projectProgress;
    TaskProgress *m_savingProgress;
    ProjectTroubles *m_troubles;
    ToolBar *m_toolBar;
    StatusLine *m_status;
    ImagePanel *m_imagePanel;
    CategoryPanel *m_categoryPanel;
    ObjectPanel *m_objectPanel;
    HistoryPanel *m_historyPanel;
    std::unique_ptr<ObjectActions> m_objectActions;
    KeyOverlay *m_keys;
    PromptingController *m_prompting;
    QList<QDockWidget *> m_docks;
    QList<QDockWidget *> m_panelsToShow; ///< after all were hidden
    QString m_libraries;
    QString m_sampleFile; ///< set until the sample that was asked for is shown
    bool m_systemIsDark;
    bool m_nextAfterAccept = false;
    core::Id m_image = 0;
    std::filesystem::path m_projectFile; ///< whose image that is
    EverythingDesk *m_everything;
    ReviewDesk *m_review;
    InterchangeDesk *m_interchange;
};

} // namespace ui
