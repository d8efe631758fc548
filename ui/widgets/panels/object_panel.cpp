// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/panels/object_panel.h"

#include "ui/editing/annotation_list_model.h"
#include "ui/editing/selection.h"
#include "ui/widgets/panels/object_delegate.h"
#include "ui/widgets/panels/panel_header.h"

#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QVBoxLayout>

namespace ui
{

ObjectPanel::ObjectPanel(AnnotationListModel &model, Selection &selection, QWidget *parent)
    : QWidget(parent), m_model(model), m_selection(selection),
      m_header(new PanelHeader(tr("Objects"))), m_view(new QListView), m_empty(new QLabel),
      m_delegate(new ObjectDelegate(this))
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
            &ObjectPanel::takeSelection);
    connect(&selection, &Selection::changed, this, &ObjectPanel::showSelection);
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

void ObjectPanel::setPictureShown(bool shown)
{
    if (shown == m_pictureShown)
        return;
    m_pictureShown = shown;
    updateCount();
}

QString ObjectPanel::emptyText() const
{
    return m_empty->isHidden() ? QString() : m_empty->text();
}

void ObjectPanel::takeSelection()
{
    if (m_showing)
        return;
    std::vector<core::Id> ids;
    for (const QModelIndex &index : m_view->selectionModel()->selectedIndexes())
        ids.push_back(m_model.idAt(index.row()));
    m_selection.set(std::move(ids));
}

void ObjectPanel::showSelection()
{
    QItemSelection rows; // in runs: two thousand ranges of one row each would take their time
    QModelIndex first, last;
    const auto endRun = [&] {
        if (first.isValid())
            rows.select(first, last);
    };
    for (const core::Id id : m_selection.ids()) {
        const QModelIndex index = m_model.index(m_model.rowOf(id), 0);
        if (!index.isValid())
            continue;
        if (!last.isValid() || index.row() != last.row() + 1) {
            endRun();
            first = index;
        }
        last = index;
    }
    endRun();
    m_showing = true;
    m_view->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
    if (m_selection.single() && last.isValid()) {
        m_view->selectionModel()->setCurrentIndex(last, QItemSelectionModel::NoUpdate);
        m_view->scrollTo(last);
    }
    m_showing = false;
}

void ObjectPanel::updateCount()
{
    const int rows = m_model.rowCount();
    m_header->setCount(rows > 0 ? locale().toString(rows) : QString());
    m_empty->setText(m_pictureShown ? tr("No objects yet: click on something in the picture")
                                    : QString());
    m_view->setVisible(rows > 0);
    m_empty->setVisible(rows == 0);
}

} // namespace ui
