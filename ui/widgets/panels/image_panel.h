// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "ui/widgets/theme/theme.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QListView;

namespace ui
{

class ImageDelegate;
class ImageListModel;
class PanelHeader;

/// The images of the project with search.
class ImagePanel : public QWidget
{
    Q_OBJECT

public:
    explicit ImagePanel(ImageListModel &model, QWidget *parent = nullptr);
    void setTheme(const Theme &theme);
    void setCurrent(core::Id image);
    PanelHeader *header() const { return m_header; }
    QListView *view() const { return m_view; }
    QLineEdit *search() const { return m_search; }

Q_SIGNALS:
    void chosen(core::Id image);

private:
    void updateCount();

    ImageListModel &m_model;
    PanelHeader *m_header;
    QLineEdit *m_search;
    QListView *m_view;
    QLabel *m_empty;
    ImageDelegate *m_delegate;
    QAction *m_searchIcon;
    core::Id m_current = 0;
};

} // namespace ui
