// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/overlays/key_overlay.h"

#include "ui/editing/gestures.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QPainter>

#include <vector>

namespace ui
{
namespace
{

using Line = KeyOverlay::Line;

QString translated(const char *text)
{
    return QCoreApplication::translate("gestures", text);
}

/// Sections in the table's order, each with its heading first; pointer gestures come before keys.
std::vector<std::vector<Line>> blocks()
{
    std::vector<std::vector<Line>> result;
    const auto blockOf = [&result](const QString &section) -> std::vector<Line> & {
        for (std::vector<Line> &block : result)
            if (block.front().does == section)
                return block;
        return result.emplace_back(std::vector<Line>{{QString(), section}});
    };
    for (const PointerGesture &g : pointerGestures())
        blockOf(translated(g.section)).push_back({translated(g.gesture), translated(g.does)});
    for (const ActionGesture &g : actionGestures()) {
        QStringList keys;
        for (const QKeySequence &key : defaultShortcuts(g.id)) {
            if (!key.isEmpty())
                keys << key.toString(QKeySequence::NativeText);
        }
        QString text = g.does ? translated(g.does) : actionText(g.id);
        text.remove(QLatin1Char('&'));
        if (!keys.isEmpty())
            blockOf(translated(g.section).remove(QLatin1Char('&')))
                .push_back({keys.join(QStringLiteral(", ")), text});
    }
    return result;
}

} // namespace

KeyOverlay::KeyOverlay(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("All gestures and keys"));
    parent->installEventFilter(this);
    hide();
}

void KeyOverlay::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void KeyOverlay::toggle()
{
    setGeometry(parentWidget()->rect());
    setVisible(!isVisible());
    if (isVisible()) {
        raise();
        setFocus();
    }
}

KeyOverlay::Sheet KeyOverlay::layOut(const QFont &body, int height) const
{
    Sheet sheet;
    const QFontMetrics metric(body);
    sheet.line = metric.height() + 5;
    const auto content = blocks();
    for (const auto &block : content) {
        for (const Line &l : block) {
            sheet.keysWidth = std::max(sheet.keysWidth, metric.horizontalAdvance(l.keys) + 14);
            sheet.doesWidth = std::max(sheet.doesWidth, metric.horizontalAdvance(l.does) + 4);
        }
    }
    const int column = sheet.keysWidth + sheet.doesWidth;
    constexpr int betweenColumns = 40;
    const int betweenBlocks = sheet.line / 2;
    int x = 0, y = 0;
    for (const auto &block : content) {
        if (y > 0 && y + static_cast<int>(block.size()) * sheet.line > height) {
            x += column + betweenColumns;
            y = 0;
        }
        for (const Line &l : block) {
            sheet.lines.emplace_back(QPoint(x, y), l);
            y += sheet.line;
        }
        sheet.size = sheet.size.expandedTo({x + column, y});
        y += betweenBlocks;
    }
    return sheet;
}

void KeyOverlay::paintEvent(QPaintEvent *)
{
    constexpr int margin = 28;
    const QSize room = size() - QSize(4 * margin, 4 * margin);
    QFont body = font();
    Sheet sheet = layOut(body, std::min(room.height(), 520));
    m_fits = false;
    // Taller columns first, then smaller type, until all is on the sheet.
    for (double points = font().pointSizeF(); points >= 6; points -= 0.5) {
        if (sheet.size.width() <= room.width() && sheet.size.height() <= room.height()) {
            m_fits = true;
            break;
        }
        body.setPointSizeF(points);
        sheet = layOut(body, room.height());
    }
    QRect frame(QPoint(), sheet.size + QSize(2 * margin, 2 * margin));
    frame.moveCenter(rect().center());

    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), QColor(0, 0, 0, 150));
    painter.setPen(m_theme.border);
    painter.setBrush(m_theme.panel);
    painter.drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
    QFont heading = body;
    heading.setBold(true);
    for (const auto &[position, line] : sheet.lines) {
        const QRect left(frame.topLeft() + QPoint(margin, margin) + position,
                         QSize(sheet.keysWidth, sheet.line));
        const QRect right(left.right() + 1, left.top(), sheet.doesWidth, sheet.line);
        painter.setFont(line.keys.isEmpty() ? heading : body);
        painter.setPen(line.keys.isEmpty() ? m_theme.accent : m_theme.text);
        if (line.keys.isEmpty()) {
            painter.drawText(left.united(right), Qt::AlignVCenter, line.does);
            continue;
        }
        painter.drawText(left, Qt::AlignVCenter, line.keys);
        painter.setPen(m_theme.mutedText);
        painter.drawText(right, Qt::AlignVCenter, line.does);
    }
}

void KeyOverlay::keyPressEvent(QKeyEvent *)
{
    hide();
}

void KeyOverlay::mousePressEvent(QMouseEvent *)
{
    hide();
}

bool KeyOverlay::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && isVisible())
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
