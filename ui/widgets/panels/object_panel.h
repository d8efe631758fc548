// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "ui/widgets/theme/theme.h"

#include <QWidget>

#include <vector>

class QLabel;
class QListView;
class QMenu;

namespace ui
{

class AnnotationListModel;
class ObjectDelegate;
class PanelHeader;

/// The objects of the open picture.
class ObjectPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ObjectPanel(AnnotationListModel &model, QWidget *parent = nullptr);
    void setTheme(const Theme &theme);
    /// Entries of the right-click menu; the actions work on the selection.
    void setMenuActions(const QList<QAction *> &actions) { m_menuActions = actions; }
    void select(core::Id annotation); ///< 0: none
    std::vector<core::Id> selection() const;
    core::Id current() const; ///< 0: none
    PanelHeader *header() const { return m_header; }
    QListView *view() const { return m_view; }

Q_SIGNALS:
    void currentChanged(core::Id annotation);
    void shown(core::Id annotation); ///< double click: bring it into view

private:
    void updateCount();

    AnnotationListModel &m_model;
    PanelHeader *m_header;
    QListView *m_view;
    QLabel *m_empty;
    ObjectDelegate *m_delegate;
    QList<QAction *> m_menuActions;
};

} // namespace ui
