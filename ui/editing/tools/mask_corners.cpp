// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/mask_corners.h"

#include "core/geometry/simplify.h"
#include "ui/editing/mask_shape.h"
#include "ui/editing/outline_region.h"
#include "ui/editing/tools/reach.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ui
{

// In tolerances: three handles on a smaller ring would hide it.
static constexpr double smallestRing = 6;

std::shared_ptr<const OutlineRings> traceRings(const core::Rle &mask)
{
    auto rings = std::make_shared<OutlineRings>();
    for (QPolygonF &ring : makeMaskShape(mask).outline.toSubpathPolygons()) {
        if (ring.isClosed())
            ring.removeLast();
        rings->push_back(std::move(ring));
    }
    return rings;
}

std::vector<CornerRing> cornersOf(const OutlineRings &rings, double tolerance)
{
    std::vector<CornerRing> result;
    for (const QPolygonF &ring : rings) {
        const QRectF bounds = ring.boundingRect();
        if (tolerance > finestTolerance &&
            std::max(bounds.width(), bounds.height()) < smallestRing * tolerance)
            continue;
        std::vector<std::size_t> corners = core::simplifyRing(toXy(ring), tolerance);
        if (corners.size() >= 3)
            result.push_back({ring, std::move(corners), bounds});
    }
    return result;
}

QPolygonF stretchOf(const QPolygonF &ring, std::size_t from, std::size_t to)
{
    const auto count = std::size_t(ring.size());
    QPolygonF stretch{ring[qsizetype(from)]};
    do {
        from = (from + 1) % count;
        stretch << ring[qsizetype(from)];
    } while (from != to);
    return stretch;
}

void addCorner(CornerRing &ring, std::size_t edge, QPointF place)
{
    const std::size_t from = ring.corners[edge];
    const std::size_t to = ring.corners[(edge + 1) % ring.corners.size()];
    const QPolygonF stretch = stretchOf(ring.ring, from, to);
    // Edges run along pixels: rounding leaves the point on its edge.
    std::size_t piece = 0;
    QPointF nearest;
    double least = std::numeric_limits<double>::infinity();
    for (qsizetype i = 0; i + 1 < stretch.size(); ++i) {
        const QPointF point = nearestOnEdge(place, stretch[i], stretch[i + 1]);
        const double away = distance(point, place);
        if (away < least) {
            least = away;
            piece = (from + std::size_t(i)) % ring.size();
            nearest = QPointF(std::round(point.x()), std::round(point.y()));
        }
    }
    std::size_t added = piece + 1;
    if (nearest == ring.ring[qsizetype(piece)]) {
        added = piece;
    } else if (nearest == ring.ring[qsizetype((piece + 1) % ring.size())]) {
        added = (piece + 1) % ring.size();
    } else {
        ring.ring.insert(qsizetype(added), nearest);
        for (std::size_t &corner : ring.corners)
            corner += corner >= added ? 1 : 0;
    }
    const auto at = std::lower_bound(ring.corners.begin(), ring.corners.end(), added);
    if (at == ring.corners.end() || *at != added)
        ring.corners.insert(at, added);
}

} // namespace ui
