// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>

class QPainter;

namespace ui
{

/// Paints an image as it is, each pixel on one of the screen, its top left corner at this pixel of
/// the view. QPainter would scale it where the screen has several pixels to a point, which takes
/// many times as long. `ratio`: screen pixels to a point of the view.
void drawPixels(QPainter &painter, QPoint corner, const QImage &image, double ratio);
/// The same for a part of the image, which lies within it; all have four bytes a pixel.
void drawPixels(QPainter &painter, QPoint corner, const QImage &image, const QRect &part,
                double ratio);

/// Rows of clear pixels, ARGB32_Premultiplied. What is painted a band at a time stays in the
/// processor's caches between its making and its painting.
class PixelBand
{
public:
    PixelBand(int width, int height);

    void clear() { m_image.fill(0); }
    QRgb *row(int y)
    {
        return reinterpret_cast<QRgb *>(m_image.bits() + y * m_image.bytesPerLine());
    }
    /// The pixels of its first rows.
    void draw(QPainter &painter, QPoint corner, QSize size, double ratio) const;

private:
    QImage m_image;
};

/// One pixel over another, both premultiplied: two channels at a time, without a branch, so that
/// the compiler makes it several pixels at a time.
inline QRgb over(QRgb color, QRgb under)
{
    const quint32 rest = 255 - static_cast<quint32>(qAlpha(color));
    const auto scaled = [](quint32 channels) { // each 16 bits of it divided by 255, rounded
        return (channels + ((channels >> 8) & 0xFF00FF) + 0x800080) >> 8 & 0xFF00FF;
    };
    return color +
           (scaled((under & 0xFF00FF) * rest) | scaled((under >> 8 & 0xFF00FF) * rest) << 8);
}

} // namespace ui
