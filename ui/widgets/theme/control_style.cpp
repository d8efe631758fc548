// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/theme/control_style.h"

#include <QPainter>
#include <QStyleOption>

#include <cmath>

namespace ui
{

ControlStyle::ControlStyle(const Theme &theme)
    : QProxyStyle(QStringLiteral("Fusion")), m_theme(theme)
{
}

QColor ControlStyle::edgeOf(const QStyleOption &option) const
{
    if (!(option.state & State_Enabled))
        return m_theme.border;
    return option.state & (State_HasFocus | State_MouseOver) ? m_theme.accent : m_theme.control;
}

/// A square within the option's rectangle, its line in the middle of pixels.
static QRectF squareIn(const QRect &rect)
{
    const int side = std::min(rect.width(), rect.height());
    QRectF square(0, 0, side - 1, side - 1);
    square.moveCenter(QRectF(rect).center());
    square.moveTopLeft(QPointF(std::floor(square.left()) + 0.5, std::floor(square.top()) + 0.5));
    return square;
}

void ControlStyle::drawCheckBox(const QStyleOption &option, QPainter &painter) const
{
    const bool isEnabled = option.state & State_Enabled;
    const bool isOn = option.state & (State_On | State_NoChange);
    const QRectF box = squareIn(option.rect);
    painter.setPen(QPen(isOn && isEnabled ? m_theme.accent : edgeOf(option), 1));
    painter.setBrush(!isOn ? m_theme.panel : isEnabled ? m_theme.accent : m_theme.border);
    painter.drawRoundedRect(box, 3, 3);
    if (option.state & State_HasFocus) {
        painter.setPen(QPen(m_theme.text, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box, 3, 3);
    }
    if (!isOn)
        return;
    painter.setPen(QPen(isEnabled ? m_theme.accentText : m_theme.mutedText, box.width() / 7,
                        Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&box](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    if (option.state & State_NoChange)
        painter.drawLine(at(0.25, 0.5), at(0.75, 0.5));
    else
        painter.drawPolyline(QPolygonF({at(0.22, 0.52), at(0.42, 0.72), at(0.78, 0.3)}));
}

void ControlStyle::drawRadioButton(const QStyleOption &option, QPainter &painter) const
{
    const bool isEnabled = option.state & State_Enabled;
    const bool isOn = option.state & State_On;
    const QRectF circle = squareIn(option.rect);
    // A round line of one pixel would be paler than a straight one.
    painter.setPen(QPen(isOn && isEnabled ? m_theme.accent : edgeOf(option), 1.3));
    painter.setBrush(m_theme.panel);
    painter.drawEllipse(circle);
    if (isOn) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isEnabled ? m_theme.accent : m_theme.border);
        painter.drawEllipse(circle.center(), circle.width() * 0.27, circle.width() * 0.27);
    }
    if (option.state & State_HasFocus) {
        painter.setPen(QPen(m_theme.text, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(circle);
    }
}

void ControlStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                                 QPainter *painter, const QWidget *widget) const
{
    if (element != PE_IndicatorCheckBox && element != PE_IndicatorRadioButton) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (element == PE_IndicatorCheckBox)
        drawCheckBox(*option, *painter);
    else
        drawRadioButton(*option, *painter);
    painter->restore();
}

int ControlStyle::pixelMetric(PixelMetric metric, const QStyleOption *option,
                              const QWidget *widget) const
{
    if (metric == PM_ToolBarExtensionExtent) // of the button for what has no room
        return metrics::row;
    return QProxyStyle::pixelMetric(metric, option, widget);
}

void ControlStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                      QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (control != CC_SpinBox && control != CC_ComboBox)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(edgeOf(*option), 1));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    painter->restore();
}

} // namespace ui
