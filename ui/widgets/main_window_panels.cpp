// SPDX-License-Identifier: Apache-2.0
// The part of MainWindow that builds the docks and shows and hides them.
#include "ui/widgets/main_window.h"

#include "ui/widgets/operations/object_actions.h"
#include "ui/widgets/panels/category_panel.h"
#include "ui/widgets/panels/history_panel.h"
#include "ui/widgets/panels/image_panel.h"
#include "ui/widgets/panels/object_panel.h"
#include "ui/widgets/panels/panel_header.h"
#include "ui/widgets/tool_bar.h"

#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>

namespace ui
{

QDockWidget *MainWindow::addPanel(const QString &name, PanelHeader *header, QWidget *panel,
                                  Qt::DockWidgetArea area)
{
    auto *dock = new QDockWidget(header->title(), this);
    dock->setObjectName(name);
    dock->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetClosable);
    dock->setTitleBarWidget(header);
    panel->setProperty("panelBody", true);
    panel->setAttribute(Qt::WA_StyledBackground);
    dock->setWidget(panel);
    addDockWidget(area, dock);
    m_docks << dock;
    return dock;
}

void MainWindow::buildPanels()
{
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    auto *images = addPanel(QStringLiteral("images"), m_imagePanel->header(), m_imagePanel,
                            Qt::LeftDockWidgetArea);
    auto *categories = addPanel(QStringLiteral("categories"), m_categoryPanel->header(),
                                m_categoryPanel, Qt::RightDockWidgetArea);
    auto *objects = addPanel(QStringLiteral("objects"), m_objectPanel->header(), m_objectPanel,
                             Qt::RightDockWidgetArea);
    auto *history = addPanel(QStringLiteral("history"), m_historyPanel->header(), m_historyPanel,
                             Qt::LeftDockWidgetArea);
    splitDockWidget(categories, objects, Qt::Vertical);
    splitDockWidget(images, history, Qt::Vertical);
    resizeDocks({images, categories}, {240, 250}, Qt::Horizontal);
    resizeDocks({categories, objects}, {260, 420}, Qt::Vertical);
    resizeDocks({images, history}, {420, 220}, Qt::Vertical);
    history->hide();
    connect(m_historyPanel, &HistoryPanel::closeAsked, history, &QDockWidget::close);
    QList<QAction *> menu{(*m_actions)[ActionId::RefineObject],
                          (*m_actions)[ActionId::DeleteObject]};
    m_objectPanel->setMenuActions(menu + m_objectActions->menu());
    buildPanelMenu();
}

void MainWindow::buildPanelMenu()
{
    QMenu *view = m_actions->menu((*m_actions)[ActionId::HidePanels]);
    QMenu *menu = new QMenu(tr("&Panels"), view);
    for (const QDockWidget *dock : m_docks)
        menu->addAction(dock->toggleViewAction());
    view->insertMenu((*m_actions)[ActionId::HidePanels], menu);
}

void MainWindow::hidePanels(bool hide)
{
    if (hide) {
        m_panelsToShow.clear();
        for (QDockWidget *dock : m_docks) {
            if (!dock->isHidden())
                m_panelsToShow << dock;
        }
    }
    for (QDockWidget *dock : m_panelsToShow)
        dock->setVisible(!hide);
    m_toolBar->setVisible(!hide);
    menuBar()->setVisible(!hide);
}

} // namespace ui
