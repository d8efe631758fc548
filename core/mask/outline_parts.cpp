// SPDX-License-Identifier: Apache-2.0
#include "core/mask/outline_parts.h"

#include "core/geometry/simplify.h"
#include "core/mask/components.h"
#include "core/mask/ring_bridges.h"

#include <cstdint>
#include <span>
#include <utility>

namespace core
{
namespace
{

constexpr std::uint32_t none = UINT32_MAX;

/// A corner of the outline, in pixel edges. In each a stretch along a row of edges meets one along
/// a column of edges.
struct Corner {
    std::uint32_t x;
    std::uint32_t y;
    std::uint32_t next; ///< where the outline goes on, the mask on the right hand
    std::uint32_t component;
};

/// Goes over the lines between columns from left to right. Where a run begins or ends, a stretch of
/// outline lies across the column; it is carried along until a line on which it ends.
class OutlineWalk
{
public:
    explicit OutlineWalk(const Components &components)
        : m_height(static_cast<std::uint32_t>(components.size.height))
    {
        const std::vector<Components::Run> &runs = components.runs;
        std::uint32_t line = 0;
        for (std::size_t i = 0; i < runs.size();) {
            const std::uint32_t column = runs[i].begin / m_height;
            if (column > line) // columns without a pixel lie between
                addLine(line, {});
            const std::size_t first = i;
            while (i < runs.size() && runs[i].begin / m_height == column)
                ++i;
            addLine(column, std::span(runs).subspan(first, i - first));
            line = column + 1;
        }
        addLine(line, {});
    }

    std::vector<OutlinePart> parts(std::size_t count)
    {
        std::vector<OutlinePart> parts(count);
        // The first corner of a part belongs to its outer ring, all rings it has later are holes'.
        for (std::uint32_t first = 0; first < m_corners.size(); ++first) {
            if (m_corners[first].next == none)
                continue;
            OutlinePart &part = parts[m_corners[first].component];
            Ring &ring = part.outer.empty() ? part.outer : part.holes.emplace_back();
            for (std::uint32_t i = first; m_corners[i].next != none;) {
                ring.insert(ring.end(), {double(m_corners[i].x), double(m_corners[i].y)});
                i = std::exchange(m_corners[i].next, none);
            }
        }
        return parts;
    }

private:
    /// The upper or lower end of a run.
    struct End {
        std::uint32_t y;
        std::uint32_t corner; ///< where the stretch across the column begins on the left
        std::uint32_t component;
    };

    void addLine(std::uint32_t x, std::span<const Components::Run> runs);

    std::uint32_t addCorner(std::uint32_t x, std::uint32_t y, std::uint32_t component)
    {
        m_corners.push_back({x, y, none, component});
        return static_cast<std::uint32_t>(m_corners.size() - 1);
    }

    void join(std::uint32_t from, std::uint32_t to, bool isForward)
    {
        m_corners[isForward ? from : to].next = isForward ? to : from;
    }

    std::uint32_t m_height;
    std::vector<Corner> m_corners;
    std::vector<End> m_leftEnds; ///< of the runs in the column left of the line
};

void OutlineWalk::addLine(std::uint32_t x, std::span<const Components::Run> runs)
{
    std::vector<End> rightEnds;
    rightEnds.reserve(2 * runs.size());
    for (const Components::Run &run : runs) {
        rightEnds.push_back({run.begin - x * m_height, none, run.component});
        rightEnds.push_back({run.end - x * m_height, none, run.component});
    }
    std::size_t l = 0, r = 0;
    std::uint32_t upper = none; // the corner in which the stretch along this line begins
    while (l < m_leftEnds.size() || r < rightEnds.size()) {
        const bool isLeft =
            r == rightEnds.size() || (l < m_leftEnds.size() && m_leftEnds[l].y <= rightEnds[r].y);
        const bool isRight =
            l == m_leftEnds.size() || (r < rightEnds.size() && rightEnds[r].y <= m_leftEnds[l].y);
        // Run by run the ends come in pairs: between them the column is on.
        const bool leftIsOn = l % 2 == 1;
        const bool rightIsOn = r % 2 == 1;
        End *const left = isLeft ? &m_leftEnds[l++] : nullptr;
        End *const right = isRight ? &rightEnds[r++] : nullptr;
        if (left && right && leftIsOn == rightIsOn) {
            right->corner = left->corner; // straight on
            continue;
        }
        const auto finish = [&](std::uint32_t corner) { // what came from the left
            join(left->corner, corner, !leftIsOn);
        };
        const auto descend = [&](std::uint32_t corner) { // what came from above
            join(upper, corner, leftIsOn);
        };
        if (left && right) {
            // Two pixels touch at a corner: each keeps a corner of its own. The one that lies above
            // ends the stretch along the line, the one below begins the next.
            const std::uint32_t above = addCorner(x, left->y, (leftIsOn ? left : right)->component);
            const std::uint32_t below = addCorner(x, left->y, (leftIsOn ? right : left)->component);
            descend(above);
            finish(leftIsOn ? above : below);
            right->corner = leftIsOn ? below : above;
            upper = below;
            continue;
        }
        const End &end = left ? *left : *right;
        const std::uint32_t corner = addCorner(x, end.y, end.component);
        if (left)
            finish(corner);
        else
            right->corner = corner;
        if (leftIsOn != rightIsOn)
            descend(corner);
        upper = corner;
    }
    m_leftEnds = std::move(rightEnds);
}

double twiceArea(const Ring &ring)
{
    double sum = 0;
    for (std::size_t i = 0; i < ring.size(); i += 2) {
        const std::size_t next = (i + 2) % ring.size();
        sum += ring[i] * ring[next + 1] - ring[next] * ring[i + 1];
    }
    return sum;
}

Ring simplified(const Ring &ring, double tolerance)
{
    Ring fewer;
    for (const std::size_t i : simplifyRing(ring, tolerance))
        fewer.insert(fewer.end(), {ring[2 * i], ring[2 * i + 1]});
    // Turned round counts as lost.
    return twiceArea(fewer) * twiceArea(ring) > 0 ? fewer : ring;
}

} // namespace

std::vector<OutlinePart> outlineParts(const Rle &mask)
{
    const Components components = findParts(mask, Connectivity::Four);
    return OutlineWalk(components).parts(components.list.size());
}

Ring bridgedRing(const std::vector<OutlinePart> &parts)
{
    std::vector<Ring> rings;
    rings.reserve(parts.size());
    for (const OutlinePart &part : parts) {
        // Bridges to its own holes first: they lie inside the part.
        std::vector<Ring> own{part.outer};
        own.insert(own.end(), part.holes.begin(), part.holes.end());
        rings.push_back(joinRings(own));
    }
    return joinRings(rings);
}

std::vector<OutlinePart> simplified(const std::vector<OutlinePart> &parts, double tolerance)
{
    std::vector<OutlinePart> result = parts;
    if (!(tolerance > 0))
        return result;
    for (OutlinePart &part : result) {
        part.outer = simplified(part.outer, tolerance);
        for (Ring &hole : part.holes)
            hole = simplified(hole, tolerance);
    }
    return result;
}

} // namespace core
