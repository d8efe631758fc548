// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/panels/image_panel.h"

#include "ui/editing/image_list_model.h"
#include "ui/widgets/input/text_keys.h"
#include "ui/widgets/panels/image_delegate.h"
#include "ui/widgets/panels/panel_header.h"
#include "ui/widgets/theme/icons.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QVBoxLayout>

namespace ui
{

ImagePanel::ImagePanel(ImageListModel &model, QWidget *parent)
    : QWidget(parent), m_model(model), m_header(new PanelHeader(tr("Images"))),
      m_search(new QLineEdit), m_view(new QListView), m_empty(new QLabel),
      m_delegate(new ImageDelegate(this)), m_searchIcon(new QAction(this))
{
    m_search->setPlaceholderText(tr("Search by name"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(m_searchIcon, QLineEdit::LeadingPosition);
    keepTextKeys(m_search);
    m_view->setModel(&model);
    m_view->setItemDelegate(m_delegate);
    m_view->setUniformItemSizes(true); // a hundred thousand rows cost what the visible ones cost
    m_view->setMouseTracking(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_empty->setProperty("muted", true);
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setMargin(3 * metrics::space);
    m_empty->setWordWrap(true);

    auto *searchRow = new QWidget;
    auto *searchLayout = new QVBoxLayout(searchRow);
    searchLayout->setContentsMargins(2 * metrics::space, 2 * metrics::space, 2 * metrics::space,
                                     2 * metrics::space);
    searchLayout->addWidget(m_search);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(searchRow);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_empty, 1);

    connect(m_search, &QLineEdit::textChanged, &model, &ImageListModel::setSearch);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (const core::Id first = m_model.idAt(0))
            Q_EMIT chosen(first);
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) {
                const core::Id id = index.isValid() ? m_model.idAt(index.row()) : 0;
                if (id && id != m_current)
                    Q_EMIT chosen(id);
            });
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        updateCount();
        setCurrent(m_current);
    });
    connect(&model, &QAbstractItemModel::rowsInserted, this, &ImagePanel::updateCount);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &ImagePanel::updateCount);
    updateCount();
}

void ImagePanel::setTheme(const Theme &theme)
{
    m_delegate->setTheme(theme);
    m_searchIcon->setIcon(coloredIcon(QStringLiteral("search"), theme.mutedText));
    m_view->viewport()->update();
}

void ImagePanel::setCurrent(core::Id image)
{
    m_current = image;
    const int row = m_model.rowOf(image);
    const QModelIndex index = row >= 0 ? m_model.index(row, 0) : QModelIndex();
    m_view->setCurrentIndex(index);
    if (index.isValid())
        m_view->scrollTo(index);
}

void ImagePanel::updateCount()
{
    const int rows = m_model.rowCount();
    m_header->setCount(rows > 0 ? locale().toString(rows) : QString());
    m_empty->setText(m_model.search().isEmpty()
                         ? tr("No pictures yet")
                         : tr("No name contains “%1”").arg(m_model.search()));
    m_view->setVisible(rows > 0);
    m_empty->setVisible(rows == 0);
}

} // namespace ui
