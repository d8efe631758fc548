// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/pointer_event.h"

#include <algorithm>
#include <cmath>

namespace ui
{

/// What a hand can aim at, in screen pixels.
namespace reach
{
inline constexpr double click = 4;  ///< a press that moves less is a click
inline constexpr double handle = 8; ///< how near a point must be
inline constexpr double edge = 5;   ///< how near a line must be
} // namespace reach

inline double distance(QPointF a, QPointF b)
{
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

/// The point of the straight piece from `a` to `b` that is nearest to `p`.
inline QPointF nearestOnEdge(QPointF p, QPointF a, QPointF b)
{
    const QPointF edge = b - a;
    const double length = QPointF::dotProduct(edge, edge);
    const double along =
        length > 0 ? std::clamp(QPointF::dotProduct(p - a, edge) / length, 0.0, 1.0) : 0.0;
    return a + along * edge;
}

/// Within so many screen pixels.
inline bool isWithin(const PointerEvent &event, QPointF point, double screenPixels)
{
    return distance(event.position, point) <= screenPixels * event.pixelsPerStep;
}

/// Left takes up; Alt or the right button mean the opposite: background, away.
inline bool meansAway(const PointerEvent &event)
{
    return event.button == Qt::RightButton || (event.modifiers & Qt::AltModifier);
}

} // namespace ui
