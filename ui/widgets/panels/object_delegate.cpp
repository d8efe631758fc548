// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/panels/object_delegate.h"

#include "ui/editing/annotation_list_model.h"
#include "ui/widgets/panels/row_painter.h"
#include "ui/widgets/theme/icons.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

namespace ui
{

static constexpr int button = 22; ///< eye and lock, icon with room to hit

QRect ObjectDelegate::lockRect(const QRect &row)
{
    return {row.right() - 2 * metrics::space - button, row.center().y() - button / 2, button,
            button};
}

QRect ObjectDelegate::eyeRect(const QRect &row)
{
    return lockRect(row).translated(-button, 0);
}

void ObjectDelegate::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_eye = coloredIcon(QStringLiteral("eye"), theme.mutedText);
    m_eyeOff = coloredIcon(QStringLiteral("eye-off"), theme.accent);
    m_lock = coloredIcon(QStringLiteral("lock"), theme.accent);
    m_unlock = coloredIcon(QStringLiteral("unlock"), theme.mutedText);
}

void ObjectDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    painter->save();
    paintRow(*painter, option, m_theme);
    const bool visible = index.data(AnnotationListModel::VisibleRole).toBool();
    const bool locked = index.data(AnnotationListModel::LockedRole).toBool();
    const QRect row = option.rect;
    const QRect swatch(row.left() + 3 * metrics::space, row.center().y() - metrics::swatch / 2,
                       metrics::swatch, metrics::swatch);
    paintSwatch(*painter, swatch, index.data(Qt::DecorationRole).value<QColor>(), m_theme);

    const auto paintIcon = [painter](const QIcon &icon, const QRect &rect) {
        icon.paint(painter, rect.adjusted(3, 3, -3, -3));
    };
    // What is as usual shows its switch only under the pointer: a column of eyes would be noise.
    const bool active = option.state & (QStyle::State_MouseOver | QStyle::State_Selected);
    if (!visible || active)
        paintIcon(visible ? m_eye : m_eyeOff, eyeRect(row));
    if (locked || active)
        paintIcon(locked ? m_lock : m_unlock, lockRect(row));

    const QString area =
        QLocale().toString(index.data(AnnotationListModel::AreaRole).toLongLong()) +
        QStringLiteral(" px");
    const QFont small = smallFont(option.font);
    const int areaWidth = QFontMetrics(small).horizontalAdvance(area) + 2 * metrics::space;
    const QRect areaRect(eyeRect(row).left() - areaWidth, row.top(), areaWidth - metrics::space,
                         row.height());
    paintText(*painter, areaRect, area, small, m_theme.mutedText,
              Qt::AlignRight | Qt::AlignVCenter);
    const int left = swatch.right() + 2 * metrics::space;
    paintText(*painter, QRect(left, row.top(), areaRect.left() - left, row.height()),
              index.data().toString(), option.font, visible ? m_theme.text : m_theme.mutedText);
    painter->restore();
}

QSize ObjectDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {160, std::max(metrics::row, QFontMetrics(option.font).height() + 2 * metrics::space)};
}

bool ObjectDelegate::editorEvent(QEvent *event, QAbstractItemModel *model,
                                 const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::MouseButtonPress && event->type() != QEvent::MouseButtonRelease &&
        event->type() != QEvent::MouseButtonDblClick)
        return false;
    const QPoint position = static_cast<QMouseEvent *>(event)->position().toPoint();
    for (const auto &[rect, role] :
         {std::pair(eyeRect(option.rect), int(AnnotationListModel::VisibleRole)),
          std::pair(lockRect(option.rect), int(AnnotationListModel::LockedRole))}) {
        if (!rect.contains(position))
            continue;
        if (event->type() == QEvent::MouseButtonRelease)
            model->setData(index, !index.data(role).toBool(), role);
        return true;
    }
    return false;
}

} // namespace ui
