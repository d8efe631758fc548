// SPDX-License-Identifier: Apache-2.0
#include "core/mask/ring_bridges.h"

#include "core/geometry/ranked_points.h"

#include <cstdint>
#include <limits>

namespace core
{
namespace
{

/// The corners of all rings by one number each.
struct Corners {
    explicit Corners(const std::vector<Ring> &rings)
    {
        for (const Ring &ring : rings) {
            const auto rank = static_cast<std::uint32_t>(begins.size());
            begins.push_back(static_cast<std::uint32_t>(points.size()));
            for (std::size_t i = 0; i + 1 < ring.size(); i += 2)
                points.push_back(
                    {ring[i], ring[i + 1], rank, static_cast<std::uint32_t>(points.size())});
        }
        begins.push_back(static_cast<std::uint32_t>(points.size()));
    }
    std::uint32_t size(std::size_t ring) const { return begins[ring + 1] - begins[ring]; }

    std::vector<RankedPoints::Point> points; ///< the rank is the ring's number
    std::vector<std::uint32_t> begins;
};

struct Bridge {
    std::uint32_t ring; ///< the later one
    std::uint32_t from; ///< corner on the earlier one
    std::uint32_t to;   ///< corner on the later one
};

/// By the corner from which they go. Rings without a corner get none.
std::vector<std::vector<Bridge>> shortBridges(const Corners &corners)
{
    const RankedPoints tree(corners.points);
    std::vector<std::vector<Bridge>> bridges(corners.points.size());
    for (std::uint32_t ring = 1; ring + 1 < corners.begins.size(); ++ring) {
        RankedPoints::Nearest nearest{std::numeric_limits<double>::max(), 0};
        Bridge bridge{ring, 0, 0};
        bool isFound = false;
        for (std::uint32_t i = corners.begins[ring]; i < corners.begins[ring + 1]; ++i) {
            const double before = nearest.squaredDistance;
            // Of two equally near the first is taken, whatever the tree's order: no number is below
            // 0.
            nearest.number = 0;
            tree.findNearer(corners.points[i].x, corners.points[i].y, ring, nearest);
            if (nearest.squaredDistance < before) {
                bridge = {ring, nearest.number, i};
                isFound = true;
            }
        }
        if (isFound)
            bridges[bridge.from].push_back(bridge);
    }
    return bridges;
}

/// A ring that is being walked.
struct Visit {
    Bridge entry;
    std::uint32_t steps = 0; ///< corners passed
    std::size_t bridges = 0; ///< taken at the corner passed last
};

} // namespace

Ring joinRings(const std::vector<Ring> &rings)
{
    if (rings.size() == 1)
        return rings.front();
    const Corners corners(rings);
    if (corners.points.empty())
        return {};
    const std::vector<std::vector<Bridge>> bridges = shortBridges(corners);

    Ring ring;
    const auto add = [&ring, &corners](std::uint32_t corner) {
        const RankedPoints::Point &point = corners.points[corner];
        // Rings that touch are joined by a bridge without length.
        if (ring.empty() || ring[ring.size() - 2] != point.x || ring.back() != point.y)
            ring.insert(ring.end(), {point.x, point.y});
    };
    const std::uint32_t root = corners.points.front().rank;
    std::vector<Visit> visits{{{root, 0, corners.begins[root]}}};
    std::uint32_t corner = 0;
    while (!visits.empty()) {
        Visit &visit = visits.back();
        const std::uint32_t begin = corners.begins[visit.entry.ring];
        const std::uint32_t size = corners.size(visit.entry.ring);
        if (visit.steps > 0) {
            const std::vector<Bridge> &here = bridges[corner];
            if (visit.bridges < here.size()) {
                visits.push_back({here[visit.bridges++]});
                continue;
            }
        }
        if (visit.steps < size) {
            corner = begin + (visit.entry.to - begin + visit.steps++) % size;
            visit.bridges = 0;
            add(corner);
            continue;
        }
        const Bridge entry = visit.entry;
        visits.pop_back();
        if (!visits.empty()) {
            add(entry.to);
            corner = entry.from;
            add(corner);
        }
    }
    return ring;
}

} // namespace core
