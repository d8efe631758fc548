// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "ui/widgets/theme/theme.h"

#include <QWidget>

class QLabel;
class QListView;
class QMenu;

namespace ui
{

class AnnotationListModel;
class ObjectDelegate;
class PanelHeader;
class Selection;

/// The objects of the open picture. Shows the selection and changes it.
class ObjectPanel : public QWidget
{
    Q_OBJECT

public:
    ObjectPanel(AnnotationListModel &model, Selection &selection, QWidget *parent = nullptr);
    void setTheme(const Theme &theme);
    /// Entries of the right-click menu; the actions work on the selection.
    void setMenuActions(const QList<QAction *> &actions) { m_menuActions = actions; }
    /// Whether there is a picture to click on; an empty list then says so.
    void setPictureShown(bool shown);
    PanelHeader *header() const { return m_header; }
    QListView *view() const { return m_view; }
    QString emptyText() const; ///< what stands in the place of objects

Q_SIGNALS:
    void shown(core::Id annotation); ///< double click: bring it into view

private:
    void updateCount();
    void takeSelection(); ///< from the view
    void showSelection();

    AnnotationListModel &m_model;
    Selection &m_selection;
    bool m_showing = false; ///< the view follows the selection just now
    PanelHeader *m_header;
    QListView *m_view;
    QLabel *m_empty;
    ObjectDelegate *m_delegate;
    QList<QAction *> m_menuActions;
    bool m_pictureShown = false;
};

} // namespace ui
