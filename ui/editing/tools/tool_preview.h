// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/stroke_raster.h"
#include "core/segmentation/brush_prompt.h"

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

#include <memory>
#include <optional>
#include <vector>

namespace ui
{

/// What the canvas paints while a tool is in use, in picture coordinates. One value for all tools,
/// so that the canvas needs to know none of them.
struct ToolPreview {
    std::optional<QRectF> box;
    std::optional<core::BrushStroke> stroke; ///< a prompt as far as it is drawn
    std::optional<std::size_t> movedPoint;   ///< this point prompt follows the pointer

    /// The region a hand tool is about to put or take, filled; holes by the odd-even rule.
    QPainterPath region;
    /// The same of a brush, pixel by pixel; shared with the tool, which goes on drawing it.
    std::shared_ptr<const core::StrokeRaster> pixels;
    bool regionIsTaken = false;           ///< region or pixels: erased instead of put
    QPainterPath line;                    ///< an outline being drawn
    std::vector<QPointF> handles;         ///< its vertices
    std::optional<std::size_t> hotHandle; ///< the one under the pointer

    bool isEmpty() const
    {
        return !box && !stroke && !movedPoint && region.isEmpty() && !pixels && line.isEmpty() &&
               handles.empty();
    }
};

} // namespace ui
