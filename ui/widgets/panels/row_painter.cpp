// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/panels/row_painter.h"

#include "ui/widgets/theme/theme.h"

#include <QPainter>

namespace ui
{

void paintRow(QPainter &painter, const QStyleOptionViewItem &option, const Theme &theme)
{
    if (option.state & QStyle::State_Selected) {
        painter.fillRect(option.rect, theme.selection);
        painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())),
                         theme.accent);
    } else if (option.state & QStyle::State_MouseOver) {
        painter.fillRect(option.rect, theme.hover);
    }
    if (option.state & QStyle::State_HasFocus) { // the keyboard is here
        painter.setPen(theme.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
}

void paintSwatch(QPainter &painter, const QRect &rect, const QColor &color, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.dark ? color.lighter(130) : color.darker(125));
    painter.setBrush(color);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.restore();
}

void paintText(QPainter &painter, const QRect &rect, const QString &text, const QFont &font,
               const QColor &color, Qt::Alignment alignment, Qt::TextElideMode elide)
{
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, static_cast<int>(alignment) | Qt::TextSingleLine,
                     QFontMetrics(font).elidedText(text, elide, rect.width()));
}

QFont smallFont(const QFont &font)
{
    QFont result = font;
    if (font.pointSizeF() > 0)
        result.setPointSizeF(font.pointSizeF() * 0.9);
    else
        result.setPixelSize(font.pixelSize() * 9 / 10);
    return result;
}

} // namespace ui
