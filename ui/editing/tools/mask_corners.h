// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"

#include <QPolygonF>
#include <QRectF>

#include <memory>
#include <vector>

namespace ui
{

/// The corners of a slope's stairs lie up to so many pixels apart across the slope. A finer
/// tolerance would take them for corners of the shape.
inline constexpr double finestTolerance = 1.42;

/// One ring of a mask's outline and the corners that are offered for moving.
struct CornerRing {
    QPolygonF ring; ///< along the pixels' edges, the mask on the right hand, first point told once
    std::vector<std::size_t> corners; ///< numbers of ring points, ascending; at least three
    QRectF bounds;

    std::size_t size() const { return std::size_t(ring.size()); }
    QPointF corner(std::size_t i) const { return ring[qsizetype(corners[i % corners.size()])]; }
};

using OutlineRings = std::vector<QPolygonF>;

/// Every ring of the mask, those of holes and crumbs, too. In proportion to the mask's bounding
/// box: not for the GUI thread.
std::shared_ptr<const OutlineRings> traceRings(const core::Rle &mask);

/// The corners needed to follow the rings within `tolerance` picture pixels. At a rougher one than
/// the finest, rings too small to be worth handles are left out.
std::vector<CornerRing> cornersOf(const OutlineRings &rings, double tolerance);

/// Makes a corner of the outline's point nearest to `place` between corner `edge` and the next one.
/// The outline stays the same.
void addCorner(CornerRing &ring, std::size_t edge, QPointF place);

/// The ring's points from one to another, both included, past the ring's end if need be.
QPolygonF stretchOf(const QPolygonF &ring, std::size_t from, std::size_t to);

/// A corner, or the edge that begins at it.
struct CornerPlace {
    std::size_t ring = 0;
    std::size_t corner = 0;
    bool operator==(const CornerPlace &) const = default;
};

} // namespace ui
