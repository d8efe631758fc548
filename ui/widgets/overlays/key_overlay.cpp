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
std::vector<std::vector<Line>> blocks(ActionId tool)
{
    std::vector<std::vector<Line>> result;
    const auto blockOf = [&result](const QString &section) -> std::vector<Line> & {
        for (std::vector<Line> &block : result)
            if (block.front().does == section)
                return block;
        return result.emplace_back(std::vector<Line>{{QString(), section}});
    };
    for (const PointerGesture &g : pointerGestures()) {
        if (concerns(g, tool))
            blockOf(translated(g.section)).push_back({translated(g.gesture), translated(g.does)});
    }
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

void KeyOverlay::toggle(ActionId tool)
{
    m_tool = tool;
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
    const int betweenBlocks = sheet.line / 2;
    constexpr int betweenColumns = 32;
    std::size_t columnStart = 0;
    int x = 0, y = 0;
    const auto endColumn = [&] {
        int keys = 0, does = 0;
        for (std::size_t i = columnStart; i < sheet.lines.size(); ++i) {
            const Line &line = sheet.lines[i].line;
            if (!line.keys.isEmpty()) {
                keys = std::max(keys, metric.horizontalAdvance(line.keys) + 14);
                does = std::max(does, metric.horizontalAdvance(line.does) + 4);
            }
        }
        for (std::size_t i = columnStart; i < sheet.lines.size(); ++i) {
            sheet.lines[i].keysWidth = keys;
            sheet.lines[i].doesWidth = does;
        }
        sheet.size.setWidth(x + keys + does);
        x += keys + does + betweenColumns;
        y = 0;
        columnStart = sheet.lines.size();
    };
    for (const auto &block : blocks(m_tool)) {
        for (const Line &line : block) {
            const int needed = line.keys.isEmpty() ? 2 * sheet.line : sheet.line;
            if (y > 0 && y + needed > height)
                endColumn();
            sheet.lines.push_back({QPoint(x, y), line});
            y += sheet.line;
            sheet.size.setHeight(std::max(sheet.size.height(), y));
        }
        y += betweenBlocks;
    }
    endColumn();
    return sheet;
}

void KeyOverlay::paintEvent(QPaintEvent *)
{
    constexpr int margin = 28;
    const QSize room = size() - QSize(3 * margin, 3 * margin);
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
    for (const auto &[position, line, keysWidth, doesWidth] : sheet.lines) {
        const QRect left(frame.topLeft() + QPoint(margin, margin) + position,
                         QSize(keysWidth, sheet.line));
        const QRect right(left.right() + 1, left.top(), doesWidth, sheet.line);
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
