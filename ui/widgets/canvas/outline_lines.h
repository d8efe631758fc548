// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/outline_lines.h"

class QColor;
class QPainter;
class QPen;
class QRect;

namespace ui
{

class LineMap;
class ViewTransform;

/// About how many points strokeOutline() strokes at this zoom, were all of it on screen.
double strokedPoints(const OutlineLines &lines, const ViewTransform &transform);

/// What of the lines lies in the map's part. Points closer than a screen pixel are left out, and so
/// are rings that are no larger.
void addOutline(LineMap &map, const OutlineLines &lines, const ViewTransform &transform);

/// Strokes what lies in `part` (of the view, in screen pixels) with the pens, one after another;
/// widths are view pixels, whatever the zoom.
void strokeOutline(QPainter &painter, const OutlineLines &lines, const ViewTransform &transform,
                   const std::vector<QPen> &pens, const QRect &part);

/// Dark edge, light edge, colour, so that the line reads on any picture.
std::vector<QPen> outlinePens(const QColor &color, double line);

} // namespace ui
