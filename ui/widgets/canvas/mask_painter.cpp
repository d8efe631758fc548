// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/mask_painter.h"

#include "ui/widgets/canvas/label_layer.h"
#include "ui/widgets/canvas/view_transform.h"

#include <QPainter>
#include <QPen>

#include <array>

namespace ui
{

PaintedMask::PaintedMask(std::shared_ptr<const core::Mask> mask, QColor color)
    : m_mask(std::move(mask)), m_color(color)
{
    if (m_mask)
        m_outline = outlineOf(*m_mask);
}

std::vector<QPen> outlinePens(const QColor &color, double line)
{
    const auto pen = [](const QColor &c, double width) {
        return QPen(c, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    };
    return {pen(QColor(0, 0, 0, 120), line + 2.0), pen(QColor(255, 255, 255, 190), line + 0.9),
            pen(color, line)};
}

void PaintedMask::paint(QPainter &painter, const ViewTransform &transform, double fill,
                        double line) const
{
    if (isNull() || m_outline.bounds.isEmpty())
        return;
    QColor color = m_color;
    color.setAlphaF(static_cast<float>(fill));
    const std::array<QRgb, 2> colors{0, qPremultiply(color.rgba())};
    painter.drawImage(QPointF(0, 0), renderLabels(m_mask->pixels.data(), m_mask->size, colors,
                                                  transform, m_outline.bounds));
    strokeOutline(painter, m_outline, transform, outlinePens(m_color, line));
}

} // namespace ui
