// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QPolygonF>
#include <QRectF>

#include <memory>

namespace core
{
class EdgePaths;
}

namespace ui
{

/// A part of the picture, shrunk where that is needed: what the scissors look at.
struct EdgeWindow {
    QRect part;      ///< whole pixels of the picture
    double step = 1; ///< picture pixels per pixel looked at, at least 1
    bool contains(QPointF p) const { return part.toRectF().contains(p); }
};

/// The part on screen with the two points and a margin, at the screen's resolution at most, and
/// coarser where it would hold more pixels than can be answered at once (a quarter of a second).
EdgeWindow edgeWindow(QRectF visible, double pixelsPerStep, QPointF anchor, QPointF target,
                      QSize picture);

/// The ways along the edges from an anchor to any place of a window, in picture coordinates.
class EdgeWays
{
public:
    /// Slow: away from the GUI thread. The anchor must lie in the window, the window in the
    /// picture.
    EdgeWays(const QImage &picture, const EdgeWindow &window, QPointF anchor);

    ~EdgeWays();

    const EdgeWindow &window() const { return m_window; }
    /// From the anchor to `target`, which must lie in the window.
    QPolygonF to(QPointF target) const;

private:
    /// The pixel looked at in which a position lies.
    QPoint pixelAt(QPointF position) const;

    EdgeWindow m_window;
    QPointF m_anchor;
    QSize m_size; ///< pixels looked at
    std::unique_ptr<const core::EdgePaths> m_paths;
};

} // namespace ui
