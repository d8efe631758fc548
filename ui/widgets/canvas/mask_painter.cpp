// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/mask_painter.h"

#include "ui/widgets/canvas/label_map.h"
#include "ui/widgets/canvas/view_transform.h"

#include <QPainter>
#include <QPen>

#include <array>

namespace ui
{

void MaskPainter::paint(QPainter &painter, const ViewTransform &transform, const QRect &within,
                        const QColor &color, double fill, double line) const
{
    if (isEmpty())
        return;
    QColor tint = color;
    tint.setAlphaF(static_cast<float>(fill));
    const std::array<QRgb, 2> colors{0, qPremultiply(tint.rgba())};
    const std::array<QRgb, 2> lineColors{0, color.rgb()};
    const LabelView labels{m_shape.image.constBits(), m_shape.image.bytesPerLine(), m_shape.bounds};
    constexpr int lineReach = 8;
    const double ratio = transform.devicePixelRatio();
    const QRect asked =
        QRectF(QPointF(within.topLeft()) * ratio, QSizeF(within.size()) * ratio).toAlignedRect();
    if (!partShowing(m_shape.bounds, lineReach, transform).intersects(asked))
        return;
    const QRect part = partShowing(m_shape.bounds, 1, transform) & asked;
    // A mask of crumbs has more line than can be stroked in a frame.
    const bool pixelLines = strokedPoints(m_shape.lines, transform) > 15'000;
    if (!part.isEmpty()) {
        painter.drawImage(partInView(part, transform).topLeft(),
                          pixelLines
                              ? renderOutlinedLabels(labels, colors, lineColors, transform, part)
                              : renderLabels(labels, colors, transform, part));
    }
    if (!pixelLines)
        strokeOutline(painter, m_shape.lines, transform, outlinePens(color, line));
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
