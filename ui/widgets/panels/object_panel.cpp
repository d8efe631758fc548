// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/panels/object_panel.h"

#include "ui/editing/annotation_list_model.h"
#include "ui/widgets/panels/object_delegate.h"
#include "ui/widgets/panels/panel_header.h"

#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QVBoxLayout>

namespace ui
{

ObjectPanel::ObjectPanel(AnnotationListModel &model, QWidget *parent)
    : QWidget(parent), m_model(model), m_header(new PanelHeader(tr("Objects"))),
      m_view(new QListView), m_empty(new QLabel), m_delegate(new ObjectDelegate(this))
{
    m_view->setModel(&model);
    m_view->setItemDelegate(m_delegate);
    m_view->setUniformItemSizes(true);
    m_view->setMouseTracking(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_empty->setProperty("muted", true);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setMargin(3 * metrics::space);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_empty, 1);

    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] { Q_EMIT currentChanged(current()); });
    connect(m_view, &QListView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT shown(m_model.idAt(index.row())); });
    connect(m_view, &QWidget::customContextMenuRequested, this, [this](QPoint position) {
        if (m_view->indexAt(position).isValid())
            QMenu::exec(m_menuActions, m_view->viewport()->mapToGlobal(position), nullptr, this);
    });
    connect(&model, &QAbstractItemModel::modelReset, this, &ObjectPanel::updateCount);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &ObjectPanel::updateCount);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &ObjectPanel::updateCount);
    updateCount();
}

void ObjectPanel::setTheme(const Theme &theme)
{
    m_delegate->setTheme(theme);
    m_view->viewport()->update();
}

void ObjectPanel::select(core::Id annotation)
{
    const int row = m_model.rowOf(annotation);
    if (row < 0) {
        m_view->clearSelection();
        return;
    }
    m_view->setCurrentIndex(m_model.index(row, 0));
    m_view->scrollTo(m_model.index(row, 0));
}

std::vector<core::Id> ObjectPanel::selection() const
{
    std::vector<core::Id> ids;
    for (const QModelIndex &index : m_view->selectionModel()->selectedIndexes())
        ids.push_back(m_model.idAt(index.row()));
    return ids;
}

core::Id ObjectPanel::current() const
{
    const QModelIndexList selected = m_view->selectionModel()->selectedIndexes();
    return selected.size() == 1 ? m_model.idAt(selected.first().row()) : 0;
}

void ObjectPanel::updateCount()
{
    const int rows = m_model.rowCount();
    m_header->setCount(rows > 0 ? locale().toString(rows) : QString());
    m_empty->setText(m_model.image() ? tr("No objects yet: click on something in the picture")
                                     : QString());
    m_view->setVisible(rows > 0);
    m_empty->setVisible(rows == 0);
}

} // namespace ui
