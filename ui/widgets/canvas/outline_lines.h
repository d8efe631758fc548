// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/outline_lines.h"

class QColor;
class QPainter;
class QPen;

namespace ui
{

class ViewTransform;

/// About how many points strokeOutline() strokes at this zoom, were all of it on screen.
double strokedPoints(const OutlineLines &lines, const ViewTransform &transform);

/// Strokes what is on screen with the pens, one after another; widths are screen pixels. Points
/// closer than a screen pixel are left out, and so is all that is off the screen.
void strokeOutline(QPainter &painter, const OutlineLines &lines, const ViewTransform &transform,
                   const std::vector<QPen> &pens);

/// Dark edge, light edge, colour, so that the line reads on any picture.
std::vector<QPen> outlinePens(const QColor &color, double line);

} // namespace ui
