// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/edge_ways.h"

#include "core/geometry/simplify.h"
#include "core/image/edge_paths.h"
#include "ui/editing/outline_region.h"

#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

constexpr double margin = 24; // pixels looked at: edges near the border need their surroundings
constexpr double mostPixels = 300'000; // a quarter of a second
constexpr double stairs = 0.75; // pixels looked at: the steps of a slope, which are no corners

} // namespace

EdgeWindow edgeWindow(QRectF visible, double pixelsPerStep, QPointF anchor, QPointF target,
                      QSize picture)
{
    EdgeWindow window;
    window.step = std::max(1.0, pixelsPerStep);
    const double around = margin * window.step;
    for (const QPointF point : {anchor, target})
        visible |= QRectF(point, QSizeF(1, 1));
    window.part = visible.adjusted(-around, -around, around, around).toAlignedRect() &
                  QRect(QPoint(0, 0), picture);
    const double pixels = double(window.part.width()) * double(window.part.height());
    window.step = std::max(window.step, std::sqrt(pixels / mostPixels));
    return window;
}

EdgeWays::EdgeWays(const QImage &picture, const EdgeWindow &window, QPointF anchor)
    : m_window(window), m_anchor(anchor),
      m_size(std::max(1, int(std::lround(window.part.width() / window.step))),
             std::max(1, int(std::lround(window.part.height() / window.step))))
{
    QImage part = picture.copy(window.part);
    if (part.size() != m_size)
        part = part.scaled(m_size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    part.convertTo(QImage::Format_RGB888);
    const core::ImageView view{
        part.constBits(), {part.width(), part.height()}, part.bytesPerLine()};
    const QPoint from = pixelAt(anchor);
    m_paths = std::make_unique<core::EdgePaths>(view, core::EdgePaths::Pixel{from.x(), from.y()});
}

EdgeWays::~EdgeWays() = default;

QPoint EdgeWays::pixelAt(QPointF position) const
{
    const QPointF p = position - m_window.part.topLeft();
    return {
        std::clamp(int(p.x() * m_size.width() / m_window.part.width()), 0, m_size.width() - 1),
        std::clamp(int(p.y() * m_size.height() / m_window.part.height()), 0, m_size.height() - 1)};
}

QPolygonF EdgeWays::to(QPointF target) const
{
    const double stepX = double(m_window.part.width()) / m_size.width();
    const double stepY = double(m_window.part.height()) / m_size.height();
    QPolygonF path;
    const QPoint end = pixelAt(target);
    for (const core::EdgePaths::Pixel p : m_paths->to({end.x(), end.y()}))
        path << m_window.part.topLeft() + QPointF((p.x + 0.5) * stepX, (p.y + 0.5) * stepY);
    path.first() = m_anchor;
    if (path.size() > 1)
        path.last() = target;
    else
        path << target;
    QPolygonF simple;
    for (const std::size_t i : core::simplifyLine(toXy(path), stairs * m_window.step))
        simple << path[qsizetype(i)];
    return simple;
}

} // namespace ui
