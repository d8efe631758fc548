// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "ui/editing/outline_lines.h"

#include <QColor>
#include <QImage>
#include <QPainterPath>
#include <QRect>

namespace ui
{

/// A mask ready to be painted, made away from the GUI thread. Positions are those of the canvas:
/// the picture's pixel (0, 0) covers 0 to 1 in both directions.
struct MaskShape {
    QRect bounds; ///< the block of pixels that holds the mask; empty for an empty mask
    QImage image; ///< of that size, Indexed8: 0 clear, 1 the colour, opaque. Paint with opacity.
    QPainterPath outline; ///< along the pixels' outer edges, in picture coordinates, closed rings
    OutlineLines lines;   ///< of the outline
    qint64 area = 0;      ///< pixels

    bool isEmpty() const { return area == 0; }
    /// Changes the colour table, not the pixels.
    void setColor(const QColor &color);
};

/// `corner`: where the mask's first pixel lies in the picture.
MaskShape makeMaskShape(const core::Mask &mask, QPoint corner = {});
MaskShape makeMaskShape(const core::Rle &rle);

} // namespace ui
