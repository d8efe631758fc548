// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/panels/image_delegate.h"

#include "ui/editing/image_list_model.h"
#include "ui/widgets/panels/row_painter.h"
#include "ui/widgets/words.h"

#include <QLocale>
#include <QPainter>

namespace ui
{

using State = ImageListModel::State;

/// Filled: has objects. Ring: nothing yet. Crossed ring: cannot be shown.
static void paintState(QPainter &painter, QPointF center, State state, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    constexpr double radius = 3.5;
    const QColor color = state == State::HasObjects   ? theme.accent
                         : state == State::Unreadable ? theme.danger
                                                      : theme.mutedText;
    painter.setPen(QPen(color, 1.25));
    painter.setBrush(state == State::HasObjects ? QBrush(color) : QBrush(Qt::NoBrush));
    painter.drawEllipse(center, radius, radius);
    if (state == State::Unreadable)
        painter.drawLine(center + QPointF(-radius, radius), center + QPointF(radius, -radius));
    painter.restore();
}

static QString secondLine(const QModelIndex &index)
{
    const auto state = index.data(ImageListModel::StateRole).value<State>();
    if (state == State::Unreadable)
        return ImageDelegate::tr("cannot be shown");
    QStringList parts;
    const QSize size = index.data(ImageListModel::SizeRole).toSize();
    if (size.isValid())
        parts << QStringLiteral("%1 × %2").arg(size.width()).arg(size.height());
    const int count = index.data(ImageListModel::CountRole).toInt();
    if (count > 0)
        parts << objectCount(count);
    return parts.join(QStringLiteral(" · "));
}

void ImageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    painter->save();
    paintRow(*painter, option, m_theme);
    const QRect row = option.rect.adjusted(3 * metrics::space, metrics::space, -3 * metrics::space,
                                           -metrics::space);
    const QRect frame(row.left(), row.top(), metrics::thumbnail, row.height());
    const QImage thumbnail = index.data(Qt::DecorationRole).value<QImage>();
    if (thumbnail.isNull()) {
        painter->fillRect(frame, m_theme.hover);
    } else {
        // Fills the frame: the middle of the picture tells it from the others.
        const QSizeF source = QSizeF(frame.size()).scaled(thumbnail.size(), Qt::KeepAspectRatio);
        QRectF cut(QPointF(), source);
        cut.moveCenter(QRectF(thumbnail.rect()).center());
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        painter->drawImage(QRectF(frame), thumbnail, cut);
    }
    const int left = frame.right() + 2 * metrics::space;
    const QRect text(left, row.top(), row.right() - left - 3 * metrics::space, row.height());
    const QString second = secondLine(index);
    const QRect upper = second.isEmpty() ? text : text.adjusted(0, 0, 0, -text.height() / 2);
    paintText(*painter, upper, index.data().toString(), option.font, m_theme.text,
              Qt::AlignLeft | (second.isEmpty() ? Qt::AlignVCenter : Qt::AlignBottom),
              Qt::ElideMiddle);
    paintText(*painter, text.adjusted(0, text.height() / 2, 0, 0), second, smallFont(option.font),
              m_theme.mutedText, Qt::AlignLeft | Qt::AlignTop);
    paintState(*painter, QPointF(row.right() - 3, row.center().y() + 0.5),
               index.data(ImageListModel::StateRole).value<State>(), m_theme);
    painter->restore();
}

QSize ImageDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int lines = QFontMetrics(option.font).height() * 2 + metrics::space;
    return {160, std::max(metrics::thumbnail * 3 / 4, lines) + 2 * metrics::space};
}

} // namespace ui
