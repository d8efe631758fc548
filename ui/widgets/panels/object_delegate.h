// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/theme/theme.h"

#include <QIcon>
#include <QStyledItemDelegate>

namespace ui
{

/// Swatch, "car #3", area, and switches for eye and lock.
class ObjectDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void setTheme(const Theme &theme);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

    static QRect eyeRect(const QRect &row);
    static QRect lockRect(const QRect &row);

private:
    Theme m_theme;
    QIcon m_eye, m_eyeOff, m_lock, m_unlock;
};

} // namespace ui
