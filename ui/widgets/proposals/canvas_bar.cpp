// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/proposals/canvas_bar.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace ui
{

CanvasBar::CanvasBar(QWidget *canvas, int widest) : QWidget(canvas), m_widest(widest)
{
    setFocusPolicy(Qt::NoFocus);
    setCursor(Qt::ArrowCursor);
    canvas->installEventFilter(this);
    hide();
}

void CanvasBar::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void CanvasBar::place()
{
    constexpr int gap = 10;
    const QSize canvas = parentWidget()->size();
    const int width = std::min(m_widest, canvas.width() - 2 * gap);
    arrange(width);
    resize(width, sizeHint().height());
    move((canvas.width() - width) / 2, canvas.height() - height() - gap);
}

bool CanvasBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

void CanvasBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.border);
    painter.setBrush(m_theme.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius + 2,
                            metrics::radius + 2);
}

} // namespace ui
