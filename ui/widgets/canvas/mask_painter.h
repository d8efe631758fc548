// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/mask_shape.h"
#include "ui/widgets/canvas/outline_lines.h"

#include <QColor>

#include <utility>

class QPainter;

namespace ui
{

class ViewTransform;

/// One mask on the canvas: the model's answer in work, or the preview of a click.
class MaskPainter
{
public:
    MaskPainter() = default;
    explicit MaskPainter(MaskShape shape) : m_shape(std::move(shape)) {}

    bool isEmpty() const { return m_shape.isEmpty(); }
    const MaskShape &shape() const { return m_shape; }

    /// The fill at that opacity, then the line in view pixels; what lies in `within` (of the view,
    /// in screen pixels).
    void paint(QPainter &painter, const ViewTransform &transform, const QRect &within,
               const QColor &color, double fill, double line) const;

private:
    MaskShape m_shape;
};

/// The mask within `frame` (picture pixels) as a small grey picture, for the candidate strip.
/// Alpha8.
QImage silhouette(const MaskShape &shape, const QRect &frame, int longerSide);

} // namespace ui
