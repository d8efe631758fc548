// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/screen_pixels.h"

#include <QPainter>

namespace ui
{

void drawPixels(QPainter &painter, QPoint corner, const QImage &image, double ratio)
{
    drawPixels(painter, corner, image, image.rect(), ratio);
}

void drawPixels(QPainter &painter, QPoint corner, const QImage &image, const QRect &part,
                double ratio)
{
    const QTransform view = painter.transform();
    painter.scale(1 / ratio, 1 / ratio);
    // The image may have a ratio of its own, for whoever paints into it.
    const uchar *pixels = image.constBits() + part.top() * image.bytesPerLine() +
                          part.left() * qsizetype(sizeof(QRgb));
    painter.drawImage(
        corner, QImage(pixels, part.width(), part.height(), image.bytesPerLine(), image.format()));
    painter.setTransform(view);
}

PixelBand::PixelBand(int width, int height)
    : m_image(width, height, QImage::Format_ARGB32_Premultiplied)
{
}

void PixelBand::draw(QPainter &painter, QPoint corner, QSize size, double ratio) const
{
    drawPixels(painter, corner, m_image, QRect(QPoint(), size), ratio);
}

} // namespace ui
