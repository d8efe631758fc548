// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <QImage>
#include <QRect>

#include <vector>

class QColor;

namespace core
{
class StrokeRaster;
}

namespace ui
{

class ViewTransform;

/// Which of the screen's pixels show a pixel of a mask. What it costs follows the window and the
/// mask's runs, not the picture.
struct PixelCover {
    QRect rect;            ///< device pixels of the view
    std::vector<uchar> on; ///< row by row, 0 or 1
};

PixelCover coverOf(const core::Rle &mask, const ViewTransform &transform);
/// Within `part`, device pixels of the view.
PixelCover coverOf(const core::StrokeRaster &stroke, const ViewTransform &transform,
                   const QRect &part);

/// Makes the pixels of `image` that are on show `under` with `tint` (its opacity counts) over it;
/// the rest of the cover becomes clear. `image`, ARGB32_Premultiplied, and `under` are as large as
/// the view.
void renderCover(QImage &image, const PixelCover &cover, const QImage &under, const QColor &tint);

} // namespace ui
