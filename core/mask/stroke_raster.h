// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/rle.h"

#include <optional>

namespace core
{

/// The pixels that a round brush paints, made while it is drawn:
///
///     StrokeRaster stroke(pictureSize, radius);
///     for (each position) stroke.extendTo(position);
///     Rle mask = stroke.toRle();
///
/// A pixel is painted when its centre lies within `radius` (picture pixels) of the way, counting
/// its border. At a radius of 0.5 and below the stroke is a line one pixel wide instead: in every
/// column (in every row, where the way is steep) the pixel nearest to the way. So the pixels depend
/// on the way, not on how often it was sampled; a touch paints one pixel at least. The work is in
/// the pixels of the stroke, never of the picture.
class StrokeRaster
{
public:
    StrokeRaster(Size picture, double radius);

    /// Draws on in a straight line. Positions may lie outside the picture. Returns the block in
    /// which pixels may have come.
    PixelRect extendTo(ImagePoint position);

    double radius() const { return m_radius; }
    std::optional<ImagePoint> end() const { return m_end; }
    /// A part of the picture that holds the whole stroke, and its pixels. Grows with the stroke.
    const PixelRect &block() const { return m_block; }
    const Mask &pixels() const { return m_pixels; }
    Rle toRle() const;

private:
    void reserve(const PixelRect &block);
    void addLine(ImagePoint from, ImagePoint to);
    void addCapsule(ImagePoint from, ImagePoint to, const PixelRect &rows);
    void addPixel(double x, double y);
    void addSpan(int y, double left, double right);

    Size m_picture;
    double m_radius;
    std::optional<ImagePoint> m_end;
    PixelRect m_block;
    Mask m_pixels;
};

} // namespace core
