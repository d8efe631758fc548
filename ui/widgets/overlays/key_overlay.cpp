// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/overlays/key_overlay.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace ui
{

static constexpr int margin = 24;  ///< within the sheet
static constexpr int outside = 16; ///< around it, at least

/// Shift and its like: they do nothing by themselves, and are a part of "?".
static bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt ||
           key == Qt::Key_Meta || key == Qt::Key_AltGr;
}

KeyOverlay::KeyOverlay(QWidget *parent)
    : QWidget(parent), m_scroll(new QScrollBar(Qt::Vertical, this))
{
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setCursor(Qt::ArrowCursor);
    connect(m_scroll, &QScrollBar::valueChanged, this, qOverload<>(&QWidget::update));
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
    m_scroll->setValue(0);
    layOut();
    show();
    raise();
    setFocus();
}

void KeyOverlay::layOut()
{
    setGeometry(parentWidget()->rect());
    constexpr int around = 2 * (margin + outside);
    const QSize room = size() - QSize(around, around);
    const int barWidth = m_scroll->sizeHint().width();
    m_sheet = layOutKeys(m_tool, font(), room, barWidth);
    const int hidden = std::max(0, m_sheet.size.height() - room.height());
    const QSize seen(m_sheet.size.width() + (hidden > 0 ? barWidth : 0),
                     m_sheet.size.height() - hidden);
    m_frame = QRect(QPoint(), seen + QSize(2 * margin, 2 * margin));
    m_frame.moveCenter(rect().center());
    m_scroll->setRange(0, hidden);
    m_scroll->setPageStep(seen.height() - m_sheet.lineHeight); // no line is on no page whole
    m_scroll->setSingleStep(m_sheet.lineHeight);
    m_scroll->setGeometry(m_frame.right() - barWidth - margin / 4, m_frame.top() + margin / 2,
                          barWidth, m_frame.height() - margin);
    m_scroll->setVisible(hidden > 0);
    update();
}

QRect KeyOverlay::visibleSheet() const
{
    return {0, m_scroll->value(), m_sheet.size.width(), m_frame.height() - 2 * margin};
}

void KeyOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), m_theme.veil);
    painter.setPen(m_theme.border);
    painter.setBrush(m_theme.panel);
    painter.drawRoundedRect(QRectF(m_frame).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
    QFont heading = m_sheet.font;
    heading.setBold(true);
    // Lines are cut in the margin, so that one sees that there are more of them.
    painter.setClipRect(m_frame.adjusted(margin, margin / 2, -margin, -margin / 2));
    const QPoint origin = m_frame.topLeft() + QPoint(margin, margin - m_scroll->value());
    const QFontMetrics metrics(m_sheet.font);
    const auto fitted = [&metrics](const QString &text, const QRect &into) {
        return metrics.elidedText(text, Qt::ElideRight, into.width());
    };
    for (const KeySheet::Line &line : m_sheet.lines) {
        const QRect left(origin + line.position, QSize(line.keysWidth, m_sheet.lineHeight));
        const QRect right(left.right() + 1, left.top(), line.doesWidth, m_sheet.lineHeight);
        painter.setFont(line.isHeading ? heading : m_sheet.font);
        painter.setPen(line.isHeading ? m_theme.accent : m_theme.text);
        if (line.isHeading) {
            painter.drawText(left.united(right), Qt::AlignVCenter, line.does);
            continue;
        }
        painter.drawText(left, Qt::AlignVCenter, fitted(line.keys, left));
        painter.setPen(m_theme.mutedText);
        painter.drawText(right, Qt::AlignVCenter, fitted(line.does, right));
    }
}

void KeyOverlay::keyPressEvent(QKeyEvent *event)
{
    const auto scroll = [this](QAbstractSlider::SliderAction action) {
        m_scroll->triggerAction(action);
    };
    switch (event->key()) {
    case Qt::Key_Up:
        return scroll(QAbstractSlider::SliderSingleStepSub);
    case Qt::Key_Down:
        return scroll(QAbstractSlider::SliderSingleStepAdd);
    case Qt::Key_PageUp:
        return scroll(QAbstractSlider::SliderPageStepSub);
    case Qt::Key_PageDown:
    case Qt::Key_Space:
        return scroll(QAbstractSlider::SliderPageStepAdd);
    case Qt::Key_Home:
        return scroll(QAbstractSlider::SliderToMinimum);
    case Qt::Key_End:
        return scroll(QAbstractSlider::SliderToMaximum);
    default:
        if (!isModifier(event->key()))
            hide();
    }
}

void KeyOverlay::wheelEvent(QWheelEvent *event)
{
    QCoreApplication::sendEvent(m_scroll, event);
    event->accept(); // the picture below stays as it is
}

bool KeyOverlay::event(QEvent *event)
{
    // No key does in the window what the sheet says that it does.
    if (event->type() == QEvent::ShortcutOverride)
        event->accept();
    return QWidget::event(event);
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
