// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/brush_prompt.h"

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

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
    bool regionIsTaken = false;           ///< erased instead of put
    QPainterPath line;                    ///< an outline being drawn
    std::vector<QPointF> handles;         ///< its vertices
    std::optional<std::size_t> hotHandle; ///< the one under the pointer

    bool isEmpty() const
    {
        return !box && !stroke && !movedPoint && region.isEmpty() && line.isEmpty() &&
               handles.empty();
    }
};

} // namespace ui
