// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/overlays/key_overlay.h"

#include <QKeyEvent>
#include <QPainter>

namespace ui
{

static constexpr int margin = 24;  ///< within the sheet
static constexpr int outside = 16; ///< around it, at least

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
    if (isVisible()) {
        hide();
        return;
    }
    m_tool = tool;
    m_before = window()->focusWidget();
    layOut();
    show();
    raise();
    setFocus();
}

void KeyOverlay::layOut()
{
    setGeometry(parentWidget()->rect());
    constexpr int around = 2 * (margin + outside);
    m_sheet = layOutKeys(m_tool, font(), size() - QSize(around, around));
    update();
}

void KeyOverlay::paintEvent(QPaintEvent *)
{
    QRect frame(QPoint(), m_sheet.size + QSize(2 * margin, 2 * margin));
    frame.moveCenter(rect().center());

    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), QColor(0, 0, 0, 150));
    painter.setPen(m_theme.border);
    painter.setBrush(m_theme.panel);
    painter.drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
    QFont heading = m_sheet.font;
    heading.setBold(true);
    for (const KeySheet::Line &line : m_sheet.lines) {
        const QRect left(frame.topLeft() + QPoint(margin, margin) + line.position,
                         QSize(line.keysWidth, m_sheet.lineHeight));
        const QRect right(left.right() + 1, left.top(), line.doesWidth, m_sheet.lineHeight);
        painter.setFont(line.keys.isEmpty() ? heading : m_sheet.font);
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

void KeyOverlay::hideEvent(QHideEvent *)
{
    if (m_before)
        m_before->setFocus();
}

bool KeyOverlay::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && isVisible())
        layOut();
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
