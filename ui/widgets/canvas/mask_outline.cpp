// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/mask_outline.h"

#include "ui/widgets/canvas/view_transform.h"
#include "ui/widgets/theme/theme.h"

#include <QPainter>
#include <QPen>

#include <array>
#include <cstring>

namespace ui
{
namespace
{

/// Walks along the pixel edges with the mask on the right hand.
class OutlineTracer
{
public:
    explicit OutlineTracer(const core::Mask &mask)
        : m_mask(mask), m_bounds(boundsOf(mask)),
          m_seen(static_cast<std::size_t>(m_bounds.width()) * m_bounds.height())
    {
    }

    MaskOutline trace()
    {
        MaskOutline result;
        result.bounds = m_bounds;
        for (int y = m_bounds.top(); y <= m_bounds.bottom(); ++y) {
            for (int x = m_bounds.left(); x <= m_bounds.right(); ++x) {
                if (inside(x, y) && !inside(x, y - 1) && !seen(x, y)) {
                    result.exact.push_back(follow(x, y));
                    result.smooth.push_back(throughMiddles(result.exact.back()));
                }
            }
        }
        return result;
    }

private:
    bool inside(int x, int y) const { return m_bounds.contains(x, y) && m_mask.at(x, y); }
    std::vector<bool>::reference seen(int x, int y)
    {
        return m_seen[static_cast<std::size_t>(y - m_bounds.top()) * m_bounds.width() +
                      (x - m_bounds.left())];
    }

    /// From the top edge of a pixel round its border; every top edge on the way is marked as seen.
    QPolygonF follow(int startX, int startY)
    {
        static constexpr std::array<QPoint, 4> step{QPoint(1, 0), QPoint(0, 1), QPoint(-1, 0),
                                                    QPoint(0, -1)}; // east, south, west, north
        // The pixel ahead on the left hand, seen from a corner; on the right hand it is the one of
        // the next direction, clockwise.
        static constexpr std::array<QPoint, 4> ahead{QPoint(0, -1), QPoint(0, 0), QPoint(-1, 0),
                                                     QPoint(-1, -1)};
        QPolygonF polygon{QPointF(startX, startY)};
        QPoint corner(startX, startY);
        int direction = 0;
        do {
            if (direction == 0)
                seen(corner.x(), corner.y()) = true;
            corner += step[static_cast<std::size_t>(direction)];
            const QPoint left = corner + ahead[static_cast<std::size_t>(direction)];
            const QPoint right = corner + ahead[static_cast<std::size_t>((direction + 1) % 4)];
            int next = direction;
            if (!inside(right.x(), right.y()))
                next = (direction + 1) % 4;
            else if (inside(left.x(), left.y()))
                next = (direction + 3) % 4;
            if (next != direction)
                polygon << corner;
            direction = next;
        } while (corner != QPoint(startX, startY) || direction != 0);
        return polygon;
    }

    static QPolygonF throughMiddles(const QPolygonF &corners)
    {
        QPolygonF result;
        for (qsizetype i = 0; i + 1 < corners.size(); ++i) {
            const QPointF edge = corners[i + 1] - corners[i];
            const double length = std::abs(edge.x()) + std::abs(edge.y());
            const QPointF halfStep = edge / length / 2;
            result << corners[i] + halfStep;
            if (length > 1)
                result << corners[i + 1] - halfStep;
        }
        result << result.first();
        return result;
    }

    const core::Mask &m_mask;
    QRect m_bounds;
    std::vector<bool> m_seen;
};

} // namespace

QRect boundsOf(const core::Mask &mask)
{
    const int width = mask.size.width;
    int top = -1, bottom = -1, left = width, right = -1;
    for (int y = 0; y < mask.size.height; ++y) {
        const auto *row = mask.row(y);
        const auto *first =
            static_cast<const std::uint8_t *>(std::memchr(row, 1, static_cast<std::size_t>(width)));
        if (!first)
            continue;
        if (top < 0)
            top = y;
        bottom = y;
        left = std::min(left, static_cast<int>(first - row));
        int last = width - 1;
        while (last > right && !row[last])
            --last;
        right = std::max(right, last);
    }
    return top < 0 ? QRect() : QRect(QPoint(left, top), QPoint(right, bottom));
}

MaskOutline outlineOf(const core::Mask &mask)
{
    return OutlineTracer(mask).trace();
}

void strokeOutline(QPainter &painter, const MaskOutline &outline, const ViewTransform &transform,
                   const std::vector<QPen> &pens)
{
    const QRectF visible = transform.visiblePicture();
    const double tooClose = 0.6 / transform.devicePixelRatio();
    const bool squares = transform.zoom() >= looks::pixelGridZoom;
    std::vector<QPolygonF> polygons;
    for (const QPolygonF &polygon : squares ? outline.exact : outline.smooth) {
        if (!polygon.boundingRect().adjusted(-1, -1, 1, 1).intersects(visible))
            continue;
        QPolygonF line;
        line.reserve(polygon.size());
        for (const QPointF &point : polygon) {
            const QPointF p = transform.toView(point);
            if (line.isEmpty() || (p - line.last()).manhattanLength() > tooClose)
                line << p;
        }
        polygons.push_back(std::move(line));
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (const QPen &pen : pens) {
        painter.setPen(pen);
        for (const QPolygonF &polygon : polygons)
            painter.drawPolygon(polygon);
    }
    painter.restore();
}

} // namespace ui
