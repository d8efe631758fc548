// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/panels/category_panel.h"

#include "ui/editing/category_list_model.h"
#include "ui/editing/edits.h"
#include "ui/editing/prompt_session.h"
#include "ui/widgets/input/text_keys.h"
#include "ui/widgets/panels/category_delegate.h"
#include "ui/widgets/panels/panel_header.h"
#include "ui/widgets/theme/icons.h"

#include <QColorDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui
{

CategoryPanel::CategoryPanel(Document &document, CategoryListModel &model, PromptSession &session,
                             QWidget *parent)
    : QWidget(parent), m_document(document), m_model(model), m_session(session),
      m_header(new PanelHeader(tr("Categories"))), m_add(new QToolButton), m_view(new QListView),
      m_name(new QLineEdit), m_empty(new QLabel), m_delegate(new CategoryDelegate(this))
{
    m_add->setToolTip(tr("New category"));
    m_add->setFocusPolicy(Qt::NoFocus);
    m_header->addButton(m_add);
    m_view->setModel(&model);
    m_view->setItemDelegate(m_delegate);
    m_view->setMouseTracking(true);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_name->setPlaceholderText(tr("Name of the new category"));
    keepTextKeys(m_name);
    m_name->hide();
    m_empty->setText(tr("No categories yet: the first object makes one, or add yours"));
    m_empty->setProperty("muted", true);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setMargin(3 * metrics::space);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_name);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_empty, 1);

    connect(m_add, &QToolButton::clicked, this, &CategoryPanel::startAdding);
    connect(m_name, &QLineEdit::returnPressed, this, &CategoryPanel::finishAdding);
    connect(m_name, &QLineEdit::editingFinished, m_name, &QWidget::hide);
    connect(m_view, &QListView::clicked, this,
            [this](const QModelIndex &index) { Q_EMIT chosen(m_model.idAt(index.row())); });
    connect(m_view, &QListView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT chosen(m_model.idAt(index.row())); });
    connect(m_view, &QWidget::customContextMenuRequested, this, &CategoryPanel::showMenu);
    connect(m_delegate, &CategoryDelegate::colorAsked, this, &CategoryPanel::askColor);
    connect(&session, &PromptSession::categoryChanged, this, &CategoryPanel::updateCurrent);
    connect(&model, &QAbstractItemModel::modelReset, this, &CategoryPanel::updateCurrent);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &CategoryPanel::updateCurrent);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &CategoryPanel::updateCurrent);
    updateCurrent();
}

void CategoryPanel::setTheme(const Theme &theme)
{
    m_delegate->setTheme(theme);
    m_add->setIcon(themedIcon(QStringLiteral("add"), theme));
    m_add->setIconSize({metrics::smallIcon, metrics::smallIcon});
    m_view->viewport()->update();
}

void CategoryPanel::startAdding()
{
    m_name->clear();
    m_name->show();
    m_name->setFocus();
}

void CategoryPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_name->isVisible())
        m_name->hide();
    else
        QWidget::keyPressEvent(event);
}

void CategoryPanel::finishAdding()
{
    const core::Id id = addCategory(m_document, m_name->text().trimmed());
    m_name->hide();
    if (id)
        Q_EMIT chosen(id);
}

void CategoryPanel::updateCurrent()
{
    const int rows = m_model.rowCount();
    m_header->setCount(rows > 0 ? locale().toString(rows) : QString());
    m_view->setVisible(rows > 0);
    m_empty->setVisible(rows == 0);
    const int row = m_model.rowOf(m_session.category());
    m_view->setCurrentIndex(row >= 0 ? m_model.index(row, 0) : QModelIndex());
}

void CategoryPanel::askColor(const QModelIndex &index)
{
    const QColor before = index.data(CategoryListModel::ColorRole).value<QColor>();
    const core::Id id = m_model.idAt(index.row());
    const QColor color =
        QColorDialog::getColor(before, this, tr("Colour of “%1”").arg(index.data().toString()));
    if (color.isValid() && color != before)
        recolorCategory(m_document, id, color);
}

void CategoryPanel::showMenu(QPoint position)
{
    const QPersistentModelIndex index = m_view->indexAt(position);
    QMenu menu;
    menu.addAction(tr("New category"), this, &CategoryPanel::startAdding);
    if (index.isValid()) {
        const core::Id id = m_model.idAt(index.row());
        menu.addAction(tr("Rename"), this, [&] { m_view->edit(index); });
        menu.addAction(tr("Change colour…"), this, [&] { askColor(index); });
        menu.addSeparator();
        menu.addAction(tr("Delete with its objects"), this,
                       [&] { deleteCategory(m_document, id); });
    }
    menu.exec(m_view->viewport()->mapToGlobal(position));
}

} // namespace ui
