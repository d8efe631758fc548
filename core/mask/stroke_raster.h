// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/pixel_rect.h"
#include "core/mask/rle.h"

#include <optional>
#include <vector>

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
/// on the way, not on how often it was sampled; a touch paints one pixel at least.
///
/// Pixels are kept as stretches of columns: a step costs the columns it touches, the mask costs its
/// runs, neither the pixels they hold.
class StrokeRaster
{
public:
    /// Pixels of a column from `top` to before `bottom`.
    struct Stretch {
        int top = 0;
        int bottom = 0;
    };

    StrokeRaster(Size picture, double radius);

    /// Draws on in a straight line. Positions may lie outside the picture. Returns the block in
    /// which pixels may have come.
    PixelRect extendTo(ImagePoint position);

    double radius() const { return m_radius; }
    std::optional<ImagePoint> end() const { return m_end; }
    /// What each extendTo() returned, in order.
    const std::vector<PixelRect> &steps() const { return m_steps; }
    /// Of a column of the picture, downwards, apart from each other.
    const std::vector<Stretch> &column(int x) const
    {
        return m_columns[static_cast<std::size_t>(x)];
    }
    Rle toRle() const;

private:
    void addLine(ImagePoint from, ImagePoint to);
    void addCapsule(ImagePoint from, ImagePoint to, const PixelRect &columns);
    void addPixel(double x, double y);
    void addStretch(int x, double top, double bottom);

    Size m_picture;
    double m_radius;
    std::optional<ImagePoint> m_end;
    std::vector<PixelRect> m_steps;
    std::vector<std::vector<Stretch>> m_columns;
};

} // namespace core
