// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/prompt.h"

#include <QPolygonF>
#include <QRectF>

class QPainter;

namespace ui
{

/// How a prompt looks, in view pixels. `pending`: asked, but the model is not ready to answer.

/// A green disc with a plus or a red one with a minus, in a white ring; hollow while pending. `hot`
/// while the pointer is on it.
void paintPoint(QPainter &painter, QPointF position, core::PointLabel label, bool pending,
                bool hot);

/// A thin line with a dark edge; with corner handles when it can be dragged.
void paintBox(QPainter &painter, const QRectF &box, bool handles, bool pending);

/// A thin frame with stronger corners: the part of the picture that is looked at closer.
void paintFocusFrame(QPainter &painter, const QRectF &frame);

/// A translucent stroke of that radius.
void paintStroke(QPainter &painter, const QPolygonF &line, double radius, core::PointLabel label);

/// The brush's outline under the pointer.
void paintBrushCursor(QPainter &painter, QPointF position, double radius);

} // namespace ui
