// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "ui/widgets/theme/theme.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QToolButton;

namespace ui
{

class CategoryDelegate;
class CategoryListModel;
class Document;
class PanelHeader;
class PromptSession;

/// The categories; the chosen one is what is accepted next.
class CategoryPanel : public QWidget
{
    Q_OBJECT

public:
    CategoryPanel(Document &document, CategoryListModel &model, PromptSession &session,
                  QWidget *parent = nullptr);
    void setTheme(const Theme &theme);
    PanelHeader *header() const { return m_header; }
    QListView *view() const { return m_view; }
    /// The field for a new category's name gets the keyboard.
    void startAdding();
    QLineEdit *nameField() const { return m_name; }

Q_SIGNALS:
    /// Chosen by mouse or keyboard in the list.
    void chosen(core::Id category);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void updateCurrent();
    void finishAdding();
    void askColor(const QModelIndex &index);
    void showMenu(QPoint position);

    Document &m_document;
    CategoryListModel &m_model;
    PromptSession &m_session;
    PanelHeader *m_header;
    QToolButton *m_add;
    QListView *m_view;
    QLineEdit *m_name;
    QLabel *m_empty;
    CategoryDelegate *m_delegate;
};

} // namespace ui
