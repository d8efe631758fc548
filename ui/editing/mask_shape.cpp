// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/mask_shape.h"

#include "core/mask/mask_measure.h"
#include "core/mask/rle_measure.h"
#include "ui/editing/mask_outline.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace ui
{
namespace
{

/// `pixels`: the block's first one; 0 or 1 each.
MaskShape shapeOf(const QRect &block, const std::uint8_t *pixels, std::ptrdiff_t stride)
{
    MaskShape shape;
    shape.bounds = block;
    shape.image = QImage(block.size(), QImage::Format_Indexed8);
    for (int y = 0; y < block.height(); ++y) {
        const std::uint8_t *row = pixels + y * stride;
        shape.area += std::accumulate(row, row + block.width(), 0U);
        std::copy_n(row, block.width(), shape.image.scanLine(y));
    }
    shape.setColor(Qt::white);
    shape.outline = traceOutline(pixels, stride, block.size(), block.topLeft());
    shape.lines = outlineLines(shape.outline);
    return shape;
}

} // namespace

void MaskShape::setColor(const QColor &color)
{
    // Setting it would copy the pixels of a shape that is shared.
    if (!image.isNull() && (image.colorCount() < 2 || image.color(1) != color.rgb()))
        image.setColorTable({qRgba(0, 0, 0, 0), color.rgb()});
}

MaskShape makeMaskShape(const core::Mask &mask, QPoint corner)
{
    const core::PixelRect block = core::boundingBox(mask);
    if (block.width == 0)
        return {};
    return shapeOf(QRect(corner + QPoint(block.x, block.y), QSize(block.width, block.height)),
                   mask.row(block.y) + block.x, mask.size.width);
}

MaskShape makeMaskShape(const core::Rle &rle)
{
    const core::PixelRect block = core::boundingBox(rle);
    if (block.width == 0)
        return {};
    std::vector<std::uint8_t> rows(std::size_t(block.width) * std::size_t(block.height), 0);
    const auto height = static_cast<std::uint64_t>(rle.size.height);
    const auto width = std::ptrdiff_t(block.width);
    std::uint64_t position = 0;
    for (std::size_t i = 0; i < rle.counts.size(); ++i) {
        std::uint64_t left = rle.counts[i];
        if (i % 2 == 0) {
            position += left;
            continue;
        }
        while (left > 0) { // column by column
            const std::uint64_t y = position % height;
            const std::uint64_t count = std::min(left, height - y);
            std::uint8_t *pixel = rows.data() + (std::ptrdiff_t(y) - block.y) * width +
                                  (std::ptrdiff_t(position / height) - block.x);
            for (std::uint64_t n = 0; n < count; ++n, pixel += width)
                *pixel = 1;
            position += count;
            left -= count;
        }
    }
    return shapeOf(QRect(block.x, block.y, block.width, block.height), rows.data(), width);
}

} // namespace ui
