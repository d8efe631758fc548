// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <QPointF>
#include <QRectF>
#include <Qt>

namespace ui
{

/// The mouse or pen over the picture. Positions are picture coordinates: pixel (0, 0) covers 0
/// to 1.
struct PointerEvent {
    QPointF position;
    Qt::MouseButton button = Qt::NoButton; ///< the one that went down or up
    Qt::KeyboardModifiers modifiers = Qt::NoModifier;
    double pixelsPerStep = 1; ///< picture pixels per screen pixel: 1 / zoom
    core::Size imageSize;
};

/// Picture coordinates have pixel centres at .5, the model's at whole numbers.
inline core::ImagePoint toImagePoint(QPointF position)
{
    return {position.x() - 0.5, position.y() - 0.5};
}
inline QPointF toPicture(core::ImagePoint point)
{
    return {point.x + 0.5, point.y + 0.5};
}
inline QRectF toPicture(const core::Box &box)
{
    return QRectF(toPicture(core::ImagePoint{box.x0, box.y0}),
                  toPicture(core::ImagePoint{box.x1, box.y1}))
        .normalized();
}
inline core::Box toImageBox(const QRectF &rect)
{
    return {rect.left() - 0.5, rect.top() - 0.5, rect.right() - 0.5, rect.bottom() - 0.5};
}

} // namespace ui
