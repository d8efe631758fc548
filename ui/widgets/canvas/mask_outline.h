// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"

#include <QPolygonF>
#include <QRect>

#include <vector>

class QPainter;
class QPen;

namespace ui
{

class ViewTransform;

/// The border of a mask, outer borders and holes alike, in the picture frame: closed polygons along
/// the edges between pixels. Diagonal neighbours are apart, as in 4-connectivity.
struct MaskOutline {
    std::vector<QPolygonF> exact;  ///< corners of pixels; for when pixels are seen as squares
    std::vector<QPolygonF> smooth; ///< through the middles of the edges: slopes look like slopes
    QRect bounds;                  ///< of the mask's pixels; empty for an empty mask
};

/// Smallest rectangle around the mask's pixels.
QRect boundsOf(const core::Mask &mask);

MaskOutline outlineOf(const core::Mask &mask);

/// Strokes what is on screen with the pens, one after another. Points closer than a fraction of a
/// screen pixel are left out.
void strokeOutline(QPainter &painter, const MaskOutline &outline, const ViewTransform &transform,
                   const std::vector<QPen> &pens);

} // namespace ui
