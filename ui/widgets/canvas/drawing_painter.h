// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/tools/tool_preview.h"

class QColor;
class QPainter;

namespace ui
{

class ViewTransform;

/// What is being drawn by hand: the region about to be put (in `color`) or taken, the outline, its
/// handles.
void paintDrawing(QPainter &painter, const ToolPreview &preview, const ViewTransform &transform,
                  const QColor &color);

} // namespace ui
