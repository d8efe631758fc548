// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/mask_painter.h"

#include "ui/widgets/canvas/label_sampler.h"
#include "ui/widgets/canvas/line_map.h"
#include "ui/widgets/canvas/screen_pixels.h"

#include <QPainter>
#include <QPen>

#include <algorithm>
#include <array>
#include <cmath>

namespace ui
{

void MaskPainter::paint(QPainter &painter, const ViewTransform &transform, const QRect &within,
                        const QColor &color, double fill, double line) const
{
    if (isEmpty())
        return;
    const std::vector<QPen> pens = outlinePens(color, line);
    const double ratio = transform.devicePixelRatio();
    const int reach = int(std::ceil(pens.front().widthF() / 2 * ratio)) + 1;
    const QRect part = partShowing(m_shape.bounds, reach, transform) & within;
    if (part.isEmpty())
        return;
    QColor tint = color;
    tint.setAlphaF(static_cast<float>(fill));
    const std::array<QRgb, 2> colors{0, qPremultiply(tint.rgba())};
    const LabelView labels{m_shape.image.constBits(), m_shape.image.bytesPerLine(), m_shape.bounds};
    // A mask of crumbs has more line than can be stroked in a frame.
    if (strokedPoints(m_shape.lines, transform) > 15'000) {
        const std::array<QRgb, 2> lineColors{0, color.rgb()};
        drawPixels(painter, part.topLeft(),
                   renderOutlinedLabels(labels, colors, lineColors, transform, part), ratio);
        return;
    }
    const LabelSampler<std::uint8_t> pixels(labels, transform, part);
    LineMap lines(part, pens, ratio);
    addOutline(lines, m_shape.lines, transform);
    PixelBand band(part.width(), LineMap::tileSide);
    for (int top = 0; top < part.height(); top += LineMap::tileSide) {
        const int height = std::min(LineMap::tileSide, part.height() - top);
        band.clear();
        for (int y = 0; y < height; ++y) {
            pixels.paintRow(top + y, colors, band.row(y));
            lines.paintOver(top + y, band.row(y));
        }
        band.draw(painter, part.topLeft() + QPoint(0, top), {part.width(), height}, ratio);
    }
}

QImage silhouette(const MaskShape &shape, const QRect &frame, int longerSide)
{
    const QSize size =
        frame.size().scaled(longerSide, longerSide, Qt::KeepAspectRatio).expandedTo({1, 1});
    QImage result(size, QImage::Format_Alpha8);
    result.fill(0);
    if (shape.isEmpty())
        return result;
    constexpr int samples = 3; // per direction and pixel
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            int hits = 0;
            for (int s = 0; s < samples * samples; ++s) {
                const double fx = (x + (s % samples + 0.5) / samples) / size.width();
                const double fy = (y + (s / samples + 0.5) / samples) / size.height();
                const QPoint p(frame.x() + static_cast<int>(fx * frame.width()) - shape.bounds.x(),
                               frame.y() + static_cast<int>(fy * frame.height()) -
                                   shape.bounds.y());
                hits += shape.image.valid(p) && shape.image.constScanLine(p.y())[p.x()];
            }
            result.scanLine(y)[x] = static_cast<uchar>(hits * 255 / (samples * samples));
        }
    }
    return result;
}

} // namespace ui
