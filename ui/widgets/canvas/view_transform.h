// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QTransform>

namespace ui
{

/// Where the picture lies in the view. Three frames:
///  - view: device-independent pixels of the widget, origin at its top left corner;
///  - picture: continuous, pixel (i, j) covers [i, i+1) x [j, j+1);
///  - core::ImagePoint: (0, 0) is the centre of the first pixel, so picture = image + 0.5.
/// A value without a widget. `zoom` is view pixels per picture pixel times the pixel ratio: 1 shows
/// one picture pixel on one screen pixel, also on a high-DPI screen.
class ViewTransform
{
public:
    static constexpr double maxZoom = 64;

    /// A new picture is fitted.
    void setPicture(core::Size picture);
    /// Keeps the picture fitted, or its middle in the middle.
    void setViewport(QSizeF viewport, double devicePixelRatio);

    void fit();
    void setZoom(double zoom, QPointF anchorInView);
    void zoomBy(double factor, QPointF anchorInView) { setZoom(m_zoom * factor, anchorInView); }
    void panBy(QPointF deltaInView);
    /// Zooms and moves so that the rectangle fills the view but for a margin.
    void show(QRectF picture);

    double zoom() const { return m_zoom; }
    double minZoom() const;
    bool isFitted() const { return m_fitted; }
    /// View pixels per picture pixel.
    double scale() const { return m_zoom / m_ratio; }
    double devicePixelRatio() const { return m_ratio; }
    core::Size picture() const { return m_picture; }
    QSizeF viewport() const { return m_viewport; }
    QPointF viewCenter() const { return {m_viewport.width() / 2, m_viewport.height() / 2}; }

    QPointF toView(QPointF picture) const { return m_origin + picture * scale(); }
    QPointF toPicture(QPointF view) const { return (view - m_origin) / scale(); }
    QPointF toView(core::ImagePoint p) const { return toView(QPointF(p.x + 0.5, p.y + 0.5)); }
    core::ImagePoint toImage(QPointF view) const;
    /// Clamped to the pixels there are, so that a drag may leave the picture.
    core::ImagePoint toImageClamped(QPointF view) const;
    bool isOnPicture(QPointF view) const;

    QRectF pictureInView() const;
    /// The part of the picture that is on screen, picture frame.
    QRectF visiblePicture() const;
    QTransform pictureToView() const;
    bool operator==(const ViewTransform &) const = default;

private:
    double fitZoom() const;
    void settle();

    core::Size m_picture;
    QSizeF m_viewport{1, 1};
    double m_ratio = 1;
    double m_zoom = 1;
    QPointF m_origin; ///< the picture's top left corner in the view
    bool m_fitted = true;
};

} // namespace ui
