// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <QImage>

#include <memory>
#include <vector>

class QPainter;

namespace ui
{

class ViewTransform;

/// A picture and its halves, quarters, ...: shrinking 24 megapixels to a window for every frame
/// would make panning stutter and thin lines flicker; from the right level it costs what the window
/// has pixels. Immutable, so it is built on a worker thread and shared.
class PicturePyramid
{
public:
    static std::shared_ptr<const PicturePyramid> fromImage(const QImage &image);

    core::Size size() const { return m_size; }
    /// The coarsest level that still has a pixel for every screen pixel at `zoom`.
    int levelFor(double zoom) const;
    const QImage &level(int index) const { return m_levels[static_cast<std::size_t>(index)]; }
    int levelCount() const { return static_cast<int>(m_levels.size()); }

    /// Draws the visible part: squares from looks::pixelGridZoom on, smooth below.
    void paint(QPainter &painter, const ViewTransform &transform) const;

private:
    core::Size m_size;
    std::vector<QImage> m_levels; ///< RGB32; level i is 1 / 2^i of the picture
};

} // namespace ui
