// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/panels/category_delegate.h"

#include "ui/editing/category_list_model.h"
#include "ui/widgets/input/text_keys.h"
#include "ui/widgets/panels/row_painter.h"

#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>

namespace ui
{

static QRect keyRect(const QRect &row)
{
    return {row.left() + 3 * metrics::space, row.center().y() - 8, 16, 17};
}

static QRect swatchRect(const QRect &row)
{
    return {keyRect(row).right() + 2 * metrics::space, row.center().y() - metrics::swatch / 2,
            metrics::swatch, metrics::swatch};
}

static QRect nameRect(const QRect &row)
{
    QRect rect = row;
    rect.setLeft(swatchRect(row).right() + 2 * metrics::space);
    rect.setRight(row.right() - 2 * metrics::space);
    return rect;
}

void CategoryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    painter->save();
    paintRow(*painter, option, m_theme);
    const QString key = index.data(CategoryListModel::KeyRole).toString();
    if (!key.isEmpty()) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(m_theme.border);
        painter->setBrush(m_theme.window);
        painter->drawRoundedRect(QRectF(keyRect(option.rect)).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        paintText(*painter, keyRect(option.rect), key, smallFont(option.font), m_theme.mutedText,
                  Qt::AlignCenter);
    }
    paintSwatch(*painter, swatchRect(option.rect),
                index.data(CategoryListModel::ColorRole).value<QColor>(), m_theme);
    paintText(*painter, nameRect(option.rect), index.data().toString(), option.font, m_theme.text);
    painter->restore();
}

QSize CategoryDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {120, std::max(metrics::row, QFontMetrics(option.font).height() + 2 * metrics::space)};
}

QWidget *CategoryDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                        const QModelIndex &index) const
{
    QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
    if (auto *field = qobject_cast<QLineEdit *>(editor))
        keepTextKeys(field);
    return editor;
}

void CategoryDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                            const QModelIndex &) const
{
    editor->setGeometry(nameRect(option.rect).adjusted(-metrics::space, 0, 0, 0));
}

bool CategoryDelegate::editorEvent(QEvent *event, QAbstractItemModel *,
                                   const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::MouseButtonRelease)
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (!swatchRect(option.rect).adjusted(-4, -4, 4, 4).contains(mouse->position().toPoint()))
        return false;
    Q_EMIT colorAsked(index);
    return true;
}

} // namespace ui
