// SPDX-License-Identifier: Apache-2.0
#include "export/outlines/object_outlines.h"

#include "core/mask/rle_measure.h"
#include "core/mask/rle_polygon.h"
#include "export/text/lines.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace exporters
{
namespace
{

double areaOf(const core::Ring &ring)
{
    double twice = 0;
    for (std::size_t i = 0; i < ring.size(); i += 2) {
        const std::size_t next = (i + 2) % ring.size();
        twice += ring[i] * ring[next + 1] - ring[next] * ring[i + 1];
    }
    return std::abs(twice) / 2;
}

double areaOf(const core::OutlinePart &part)
{
    double area = areaOf(part.outer);
    for (const core::Ring &hole : part.holes)
        area -= areaOf(hole);
    return area;
}

} // namespace

core::Ring ObjectOutlines::ringOf(const core::Rle &mask)
{
    std::vector<core::OutlinePart> parts = core::outlineParts(mask);
    if (m_options.parts == PartsForm::Largest && !parts.empty()) {
        if (parts.size() > 1)
            m_summary.lose("objects lost all parts but their largest");
        core::OutlinePart largest = std::move(
            *std::max_element(parts.begin(), parts.end(),
                              [](const auto &a, const auto &b) { return areaOf(a) < areaOf(b); }));
        if (!largest.holes.empty())
            m_summary.lose("objects had their holes filled");
        largest.holes.clear();
        parts = {std::move(largest)};
    }
    core::Ring ring = core::bridgedRing(parts);
    if (!(m_options.simplify > 0))
        return ring;
    core::Ring fewer = core::bridgedRing(core::simplified(parts, m_options.simplify));
    if (fewer == ring)
        return ring;
    const core::Rle filled = core::rleFromPolygon(fewer, mask.size);
    if (core::area(filled) == 0)
        return ring; // it would be lost
    const double iou = core::iou(filled, core::rleFromPolygon(ring, mask.size));
    if (iou < 1) {
        ++m_changed;
        m_lowestIou = std::min(m_lowestIou, iou);
    }
    return fewer;
}

void ObjectOutlines::tell()
{
    if (m_changed == 0)
        return;
    // Rounded down, so that it promises no more than was kept.
    const std::string iou = toText(std::floor(m_lowestIou * 1000) / 1000, 3);
    m_summary.lose("objects changed their shape as outlines were simplified, the one that changed "
                   "most to an IoU of " +
                       iou,
                   m_changed);
}

} // namespace exporters
