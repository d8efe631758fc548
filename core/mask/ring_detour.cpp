// SPDX-License-Identifier: Apache-2.0
#include "core/mask/ring_detour.h"

#include "core/mask/rle_merge.h"
#include "core/mask/rle_polygon.h"

#include <cassert>

namespace core
{
namespace
{

/// Outer rings are walked clockwise, rings of holes the other way round.
bool isHole(std::span<const double> ring)
{
    double twiceArea = 0;
    for (std::size_t i = 0; i < ring.size(); i += 2) {
        const std::size_t next = (i + 2) % ring.size();
        twiceArea += ring[i] * ring[next + 1] - ring[next] * ring[i + 1];
    }
    return twiceArea < 0;
}

} // namespace

Rle sweptRegion(const RingDetour &detour, Size size)
{
    const std::size_t count = detour.ring.size() / 2;
    assert(detour.from < count && detour.to < count);
    std::vector<double> between;
    const auto add = [&](std::span<const double> xy, std::size_t i) {
        between.insert(between.end(), {xy[2 * i], xy[2 * i + 1]});
    };
    std::size_t i = detour.from;
    add(detour.ring, i);
    do {
        i = (i + 1) % count;
        add(detour.ring, i);
    } while (i != detour.to);
    for (std::size_t k = detour.via.size() / 2; k-- > 0;)
        add(detour.via, k);
    return rleFromPolygon(between, size);
}

Rle takeDetour(const Rle &mask, const RingDetour &detour)
{
    // A pixel between the courses was inside the ring if and only if it now is outside.
    const Rle swept = sweptRegion(detour, mask.size);
    const Rle ring = rleFromPolygon(detour.ring, mask.size);
    const Rle nowOutside = combine(swept, ring, SetOperation::Intersection);
    const Rle nowInside = combine(swept, ring, SetOperation::Difference);
    const bool hole = isHole(detour.ring);
    return combine(combine(mask, hole ? nowOutside : nowInside, SetOperation::Union),
                   hole ? nowInside : nowOutside, SetOperation::Difference);
}

} // namespace core
