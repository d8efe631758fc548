// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/theme/theme.h"

#include <QProxyStyle>

namespace ui
{

/// Fusion, but for the edges of small controls, which it makes of the window's colour and too faint
/// to be seen in a dark theme: check boxes, radio buttons, spin boxes and lists to choose from.
class ControlStyle : public QProxyStyle
{
    Q_OBJECT

public:
    explicit ControlStyle(const Theme &theme);

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override;

private:
    QColor edgeOf(const QStyleOption &option) const;
    void drawCheckBox(const QStyleOption &option, QPainter &painter) const;
    void drawRadioButton(const QStyleOption &option, QPainter &painter) const;

    Theme m_theme;
};

} // namespace ui
