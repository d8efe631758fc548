// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "ui/widgets/canvas/label_map.h"

#include <QRect>

#include <vector>

class QColor;
class QImage;
class QPainter;

namespace ui
{

class ViewTransform;

/// Which of the screen's pixels show a pixel of a mask. What it costs follows the window and the
/// mask's runs, not the picture.
struct PixelCover {
    QRect rect;            ///< device pixels of the view
    std::vector<uchar> on; ///< row by row, 0 or 1
};

PixelCover coverOf(const LabelView &mask, const ViewTransform &transform);
PixelCover coverOf(const core::Rle &mask, const ViewTransform &transform);

/// Paints `under` again where the cover is on, with `tint` (its opacity counts) over it. `under` is
/// as large as the view.
void paintCover(QPainter &painter, const PixelCover &cover, const QImage &under,
                const QColor &tint);

} // namespace ui
