// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyleOptionViewItem>

class QPainter;

namespace ui
{

struct Theme;

/// What the lists' delegates have in common.

/// Row background: chosen, under the pointer, or nothing; a bar at the left marks the chosen one.
void paintRow(QPainter &painter, const QStyleOptionViewItem &option, const Theme &theme);
/// A rounded square of a category's colour with a hairline, so that it shows on any background.
void paintSwatch(QPainter &painter, const QRect &rect, const QColor &color, const Theme &theme);
void paintText(QPainter &painter, const QRect &rect, const QString &text, const QFont &font,
               const QColor &color, Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter,
               Qt::TextElideMode elide = Qt::ElideRight);
/// The list's font, a little smaller.
QFont smallFont(const QFont &font);

} // namespace ui
