// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/mask_shape.h"

#include "core/mask/mask_measure.h"
#include "core/mask/rle_measure.h"
#include "ui/editing/mask_outline.h"

#include <algorithm>
#include <vector>

namespace ui
{
namespace
{

/// `rows`: the block's pixels, 0 or 1.
MaskShape shapeOf(const core::PixelRect &block, const std::vector<std::uint8_t> &rows)
{
    MaskShape shape;
    shape.bounds = QRect(block.x, block.y, block.width, block.height);
    shape.area = std::count(rows.begin(), rows.end(), 1);
    shape.image = QImage(block.width, block.height, QImage::Format_Indexed8);
    for (int y = 0; y < block.height; ++y)
        std::copy_n(rows.data() + std::ptrdiff_t(y) * block.width, block.width,
                    shape.image.scanLine(y));
    shape.setColor(Qt::white);
    shape.outline = traceOutline(rows, block.width, block.height, shape.bounds.topLeft());
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

MaskShape makeMaskShape(const core::Mask &mask)
{
    const core::PixelRect block = core::boundingBox(mask);
    if (block.width == 0)
        return {};
    std::vector<std::uint8_t> rows;
    rows.reserve(std::size_t(block.width) * std::size_t(block.height));
    for (int y = block.y; y < block.y + block.height; ++y)
        rows.insert(rows.end(), mask.row(y) + block.x, mask.row(y) + block.x + block.width);
    return shapeOf(block, rows);
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
    return shapeOf(block, rows);
}

} // namespace ui
