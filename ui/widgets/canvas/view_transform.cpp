// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/view_transform.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{
constexpr double margin = 12; ///< view pixels around a fitted picture

double settledAxis(double origin, double length, double viewport)
{
    if (length <= viewport)
        return (viewport - length) / 2; // smaller than the view: centred, nothing to pan
    // Any part may come to the middle of the view, no more: the picture is never lost from sight.
    return std::clamp(origin, viewport / 2 - length, viewport / 2);
}
} // namespace

void ViewTransform::setPicture(core::Size picture)
{
    m_picture = picture;
    fit();
}

void ViewTransform::setViewport(QSizeF viewport, double devicePixelRatio)
{
    const QPointF middle = toPicture(viewCenter());
    m_viewport = viewport;
    m_ratio = devicePixelRatio;
    if (m_fitted) {
        fit();
        return;
    }
    m_origin = viewCenter() - middle * scale();
    settle();
}

double ViewTransform::fitZoom() const
{
    if (m_picture.isEmpty())
        return 1;
    const double across = (m_viewport.width() - 2 * margin) / m_picture.width;
    const double down = (m_viewport.height() - 2 * margin) / m_picture.height;
    return std::clamp(std::min(across, down) * m_ratio, 1.0 / 512, maxZoom);
}

double ViewTransform::minZoom() const
{
    return std::min(fitZoom(), 1.0) / 2;
}

void ViewTransform::fit()
{
    // A small picture is not blown up beyond twice its size: its pixels would look like mud.
    m_zoom = std::min(fitZoom(), 2 * m_ratio);
    m_fitted = true;
    settle();
}

void ViewTransform::setZoom(double zoom, QPointF anchor)
{
    const QPointF fixed = toPicture(anchor);
    m_zoom = std::clamp(zoom, minZoom(), maxZoom);
    m_origin = anchor - fixed * scale();
    m_fitted = false;
    settle();
}

void ViewTransform::panBy(QPointF delta)
{
    const QPointF before = m_origin;
    m_origin += delta;
    settle();
    if (m_origin != before)
        m_fitted = false;
}

void ViewTransform::show(QRectF rect)
{
    const double width = std::max(rect.width(), 8.0);
    const double height = std::max(rect.height(), 8.0);
    const double room = 0.7; // the rest is margin
    m_zoom = std::min(m_viewport.width() * room / width, m_viewport.height() * room / height);
    m_zoom = std::clamp(m_zoom * m_ratio, minZoom(), maxZoom);
    m_origin = viewCenter() - rect.center() * scale();
    m_fitted = false;
    settle();
}

void ViewTransform::settle()
{
    m_origin.setX(settledAxis(m_origin.x(), m_picture.width * scale(), m_viewport.width()));
    m_origin.setY(settledAxis(m_origin.y(), m_picture.height * scale(), m_viewport.height()));
    // On whole screen pixels, so that a picture at 100% is not smeared over two.
    m_origin = {std::round(m_origin.x() * m_ratio) / m_ratio,
                std::round(m_origin.y() * m_ratio) / m_ratio};
}

core::ImagePoint ViewTransform::toImage(QPointF view) const
{
    const QPointF p = toPicture(view);
    return {p.x() - 0.5, p.y() - 0.5};
}

core::ImagePoint ViewTransform::toImageClamped(QPointF view) const
{
    const core::ImagePoint p = toImage(view);
    return {std::clamp(p.x, 0.0, std::max(0.0, m_picture.width - 1.0)),
            std::clamp(p.y, 0.0, std::max(0.0, m_picture.height - 1.0))};
}

bool ViewTransform::isOnPicture(QPointF view) const
{
    const QPointF p = toPicture(view);
    return p.x() >= 0 && p.y() >= 0 && p.x() < m_picture.width && p.y() < m_picture.height;
}

QRectF ViewTransform::pictureInView() const
{
    return {m_origin, QSizeF(m_picture.width, m_picture.height) * scale()};
}

QRectF ViewTransform::visiblePicture() const
{
    return QRectF(toPicture(QPointF(0, 0)),
                  toPicture(QPointF(m_viewport.width(), m_viewport.height())))
        .intersected(QRectF(0, 0, m_picture.width, m_picture.height));
}

QTransform ViewTransform::pictureToView() const
{
    return QTransform(scale(), 0, 0, scale(), m_origin.x(), m_origin.y());
}

} // namespace ui
