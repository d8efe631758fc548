// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/picture_pyramid.h"

#include "ui/widgets/canvas/view_transform.h"
#include "ui/widgets/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

/// The mean of two by two pixels; an odd last row or column counts itself twice.
QImage half(const QImage &image)
{
    const int width = (image.width() + 1) / 2;
    const int height = (image.height() + 1) / 2;
    QImage result(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        const auto *upper = reinterpret_cast<const QRgb *>(image.constScanLine(2 * y));
        const auto *lower = reinterpret_cast<const QRgb *>(
            image.constScanLine(std::min(2 * y + 1, image.height() - 1)));
        auto *out = reinterpret_cast<QRgb *>(result.scanLine(y));
        for (int x = 0; x < width; ++x) {
            const int left = 2 * x;
            const int right = std::min(2 * x + 1, image.width() - 1);
            const QRgb a = upper[left], b = upper[right], c = lower[left], d = lower[right];
            out[x] = qRgb((qRed(a) + qRed(b) + qRed(c) + qRed(d) + 2) / 4,
                          (qGreen(a) + qGreen(b) + qGreen(c) + qGreen(d) + 2) / 4,
                          (qBlue(a) + qBlue(b) + qBlue(c) + qBlue(d) + 2) / 4);
        }
    }
    return result;
}

} // namespace

std::shared_ptr<const PicturePyramid> PicturePyramid::fromImage(const QImage &image)
{
    auto pyramid = std::make_shared<PicturePyramid>();
    pyramid->m_size = {image.width(), image.height()};
    pyramid->m_levels.push_back(image.convertToFormat(QImage::Format_RGB32));
    while (std::max(pyramid->m_levels.back().width(), pyramid->m_levels.back().height()) > 512)
        pyramid->m_levels.push_back(half(pyramid->m_levels.back()));
    return pyramid;
}

int PicturePyramid::levelFor(double zoom) const
{
    if (zoom >= 1)
        return 0;
    const int wanted = static_cast<int>(std::floor(std::log2(1 / zoom) + 1e-6));
    return std::clamp(wanted, 0, levelCount() - 1);
}

void PicturePyramid::paint(QPainter &painter, const ViewTransform &transform) const
{
    const QRectF visible = transform.visiblePicture();
    if (visible.isEmpty())
        return;
    const QImage &image = level(levelFor(transform.zoom()));
    // An odd side makes a level a touch larger than its share, hence two factors.
    const double fx = static_cast<double>(image.width()) / m_size.width;
    const double fy = static_cast<double>(image.height()) / m_size.height;
    // Whole source pixels, with one to spare for the filter.
    const QRect source =
        QRectF(visible.x() * fx, visible.y() * fy, visible.width() * fx, visible.height() * fy)
            .toAlignedRect()
            .adjusted(-1, -1, 1, 1)
            .intersected(image.rect());
    const QRectF target(transform.toView(QPointF(source.x() / fx, source.y() / fy)),
                        QSizeF(source.width() / fx, source.height() / fy) * transform.scale());
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform,
                          transform.zoom() < looks::pixelGridZoom && transform.zoom() != 1);
    painter.drawImage(target, image, source);
    painter.restore();
}

} // namespace ui
