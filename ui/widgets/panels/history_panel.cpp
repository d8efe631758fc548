// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/panels/history_panel.h"

#include "ui/editing/history_model.h"
#include "ui/widgets/panels/panel_header.h"
#include "ui/widgets/panels/row_painter.h"
#include "ui/widgets/theme/icons.h"

#include <QListView>
#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui
{

/// A step a line; what was taken back is muted.
class HistoryPanel::Delegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void setTheme(const Theme &theme) { m_theme = theme; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        painter->save();
        paintRow(*painter, option, m_theme);
        const bool isUndone = index.data(HistoryModel::UndoneRole).toBool();
        QFont font = option.font;
        font.setItalic(isUndone);
        paintText(*painter, option.rect.adjusted(3 * metrics::space, 0, -metrics::space, 0),
                  index.data().toString(), font, isUndone ? m_theme.mutedText : m_theme.text);
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {140, std::max(metrics::row - metrics::space,
                              QFontMetrics(option.font).height() + metrics::space)};
    }

private:
    Theme m_theme;
};

HistoryPanel::HistoryPanel(HistoryModel &model, QWidget *parent)
    : QWidget(parent), m_model(model), m_header(new PanelHeader(tr("History"))),
      m_view(new QListView), m_close(new QToolButton), m_delegate(new Delegate(this))
{
    m_view->setModel(&model);
    m_view->setItemDelegate(m_delegate);
    m_view->setUniformItemSizes(true);
    m_view->setMouseTracking(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_close->setToolTip(tr("Close; the View menu brings it back"));
    m_close->setFocusPolicy(Qt::NoFocus);
    m_close->setIconSize({metrics::smallIcon, metrics::smallIcon});
    m_header->addButton(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    connect(m_close, &QToolButton::clicked, this, &HistoryPanel::closeAsked);
    // By a click as by the arrow keys.
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) {
                if (!m_isFollowing && index.isValid())
                    m_model.goTo(index.row());
            });
    connect(&model, &HistoryModel::currentChanged, this, &HistoryPanel::showCurrent);
    showCurrent();
}

void HistoryPanel::setTheme(const Theme &theme)
{
    m_delegate->setTheme(theme);
    m_close->setIcon(themedIcon(QStringLiteral("drop"), theme));
    m_view->viewport()->update();
}

void HistoryPanel::showCurrent()
{
    m_isFollowing = true;
    const QModelIndex index = m_model.index(m_model.currentRow(), 0);
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
    m_isFollowing = false;
    const int steps = m_model.rowCount() - 1;
    m_header->setCount(steps > 0 ? locale().toString(steps) : QString());
}

} // namespace ui
