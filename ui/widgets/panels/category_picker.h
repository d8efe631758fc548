// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <QFrame>

class QLineEdit;
class QListWidget;

namespace ui
{

class CategoryListModel;
class Document;

/// "/": type a part of a name, Enter takes the first match or makes a new category. Closes itself.
class CategoryPicker : public QFrame
{
    Q_OBJECT

public:
    CategoryPicker(Document &document, const CategoryListModel &model, QWidget *parent);
    /// In the upper middle of the parent.
    void popUp();

Q_SIGNALS:
    void chosen(core::Id category);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter();
    void take();

    Document &m_document;
    const CategoryListModel &m_model;
    QLineEdit *m_field;
    QListWidget *m_list;
};

} // namespace ui
