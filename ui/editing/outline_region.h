// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <QPolygonF>

#include <vector>

namespace ui
{

class MaskTarget;

/// x0, y0, x1, y1, ... as core takes polygons; both have pixel (0, 0) cover 0 to 1.
std::vector<double> toXy(const QPolygonF &outline);

/// The pixels inside a closed outline, by COCO's rule.
core::Rle regionInside(const QPolygonF &outline, core::Size size);

/// Puts the pixels inside the outline, or takes them: one step.
void applyOutline(MaskTarget &target, const QPolygonF &outline, bool isTaken);

} // namespace ui
