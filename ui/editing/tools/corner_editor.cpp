// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/corner_editor.h"

#include "ui/editing/tools/reach.h"

#include <cmath>
#include <new>

namespace ui
{
namespace
{

constexpr std::size_t mostHandles = 500; // on the screen at once

/// In picture pixels: about a screen pixel. In steps of a half, so that a notch of the wheel need
/// not move every handle.
double toleranceFor(double pixelsPerStep)
{
    return std::max(finestTolerance,
                    std::exp2(std::round(2 * std::log2(std::max(1.0, pixelsPerStep))) / 2));
}

} // namespace

CornerEditor::CornerEditor(MaskTarget &target, QObject *parent)
    : QObject(parent), m_target(target), m_latest(std::make_shared<std::atomic<quint64>>(0))
{
    m_pool.setMaxThreadCount(1);
    connect(&target, &MaskTarget::changed, this, &CornerEditor::update);
}

CornerEditor::~CornerEditor()
{
    ++*m_latest;
    m_pool.clear();
    m_pool.waitForDone();
}

void CornerEditor::setInUse(bool isInUse)
{
    m_isInUse = isInUse;
    update();
}

void CornerEditor::setView(const ToolView &view)
{
    m_view = view;
    update();
    findVisible();
    Q_EMIT changed();
}

CornerEditor::State CornerEditor::state() const
{
    if (m_corners.empty())
        return State::Nothing;
    return m_visible.size() > mostHandles ? State::TooMany : State::Shown;
}

void CornerEditor::update()
{
    if (!m_isInUse || m_target.kind() != MaskTarget::Kind::Selected) {
        if (!m_mask.counts.empty()) {
            clear();
            Q_EMIT changed();
        }
        return;
    }
    const double tolerance = toleranceFor(m_view.pixelsPerStep);
    core::Rle mask = m_target.mask();
    const bool isOther = mask != m_mask;
    if (isOther) {
        // While the new corners are on their way, those of an object just edited stay on screen.
        const bool wasEdited = m_isStale;
        if (!wasEdited)
            clear();
        m_mask = std::move(mask);
        m_rings.reset();
        m_drag.reset();
    }
    if (isOther || tolerance != m_tolerance) {
        m_tolerance = tolerance;
        request();
    }
    if (isOther)
        Q_EMIT changed();
}

void CornerEditor::clear()
{
    ++*m_latest;
    m_mask = {};
    m_rings.reset();
    m_corners.clear();
    m_visible.clear();
    m_isStale = false;
    m_hotCorner.reset();
    m_hotEdge.reset();
    m_drag.reset();
}

void CornerEditor::request()
{
    const quint64 number = ++*m_latest;
    m_pool.start([this, number, latest = m_latest, mask = m_mask, rings = m_rings,
                  tolerance = m_tolerance]() mutable {
        if (number != latest->load())
            return; // overtaken while it waited
        try {
            if (!rings)
                rings = traceRings(mask);
            std::vector<CornerRing> corners = cornersOf(*rings, tolerance);
            QMetaObject::invokeMethod(
                this, [this, number, rings, corners = std::move(corners)]() mutable {
                    take(number, std::move(rings), std::move(corners));
                });
        } catch (const std::bad_alloc &) { // no handles; the object itself is there
        }
    });
}

void CornerEditor::take(quint64 number, std::shared_ptr<const OutlineRings> rings,
                        std::vector<CornerRing> corners)
{
    if (number != m_latest->load())
        return;
    m_rings = std::move(rings);
    m_corners = std::move(corners);
    m_isStale = false;
    m_drag.reset();
    findVisible();
    findHot();
    Q_EMIT changed();
}

void CornerEditor::findVisible()
{
    const double margin = reach::handle * m_view.pixelsPerStep;
    const QRectF visible = m_view.visible.adjusted(-margin, -margin, margin, margin);
    m_visible.clear();
    for (std::size_t r = 0; r < m_corners.size(); ++r) {
        const CornerRing &ring = m_corners[r];
        if (!visible.intersects(ring.bounds))
            continue;
        for (std::size_t k = 0; k < ring.corners.size(); ++k) {
            if (visible.contains(ring.corner(k)))
                m_visible.push_back({r, k});
        }
    }
}

std::optional<CornerPlace> CornerEditor::cornerAt(const PointerEvent &event) const
{
    if (state() != State::Shown)
        return std::nullopt;
    std::optional<CornerPlace> nearest;
    double least = reach::handle * event.pixelsPerStep;
    for (const CornerPlace &place : m_visible) {
        const double away = distance(event.position, m_corners[place.ring].corner(place.corner));
        if (away <= least) {
            least = away;
            nearest = place;
        }
    }
    return nearest;
}

std::optional<CornerPlace> CornerEditor::edgeAt(const PointerEvent &event) const
{
    if (state() != State::Shown)
        return std::nullopt;
    std::optional<CornerPlace> nearest;
    double least = reach::edge * event.pixelsPerStep;
    for (std::size_t r = 0; r < m_corners.size(); ++r) {
        const CornerRing &ring = m_corners[r];
        if (!ring.bounds.adjusted(-least, -least, least, least).contains(event.position))
            continue;
        for (std::size_t k = 0; k < ring.corners.size(); ++k) {
            const double away = distance(
                event.position, nearestOnEdge(event.position, ring.corner(k), ring.corner(k + 1)));
            if (away <= least) {
                least = away;
                nearest = CornerPlace{r, k};
            }
        }
    }
    return nearest;
}

bool CornerEditor::findHot()
{
    std::optional<CornerPlace> corner;
    std::optional<QPointF> edgePoint;
    if (m_pointer && !m_isStale) {
        corner = cornerAt(*m_pointer);
        if (const auto edge = corner ? std::nullopt : edgeAt(*m_pointer)) {
            const CornerRing &ring = m_corners[edge->ring];
            edgePoint = nearestOnEdge(m_pointer->position, ring.corner(edge->corner),
                                      ring.corner(edge->corner + 1));
        }
    }
    const bool isOther = corner != m_hotCorner || edgePoint != m_hotEdge;
    m_hotCorner = corner;
    m_hotEdge = edgePoint;
    return isOther;
}

void CornerEditor::leave()
{
    m_pointer.reset();
    if (!m_drag && findHot())
        Q_EMIT changed();
}

ToolPreview CornerEditor::preview() const
{
    ToolPreview preview;
    if (state() != State::Shown)
        return preview;
    const auto show = [&preview](QPointF handle, bool isHot) {
        if (isHot)
            preview.hotHandle = preview.handles.size();
        preview.handles.push_back(handle);
    };
    for (const CornerPlace &place : m_visible) {
        if (m_drag && !m_drag->inserts && place == m_drag->place)
            continue; // shown where it is being moved
        show(m_corners[place.ring].corner(place.corner), !m_drag && place == m_hotCorner);
    }
    if (m_hotEdge && !m_drag)
        show(*m_hotEdge, true);
    if (!m_drag)
        return preview;
    show(m_drag->position, true);
    if (!m_drag->hasMoved)
        return preview;
    const QPolygonF &ring = m_corners[m_drag->place.ring].ring;
    QPolygonF swept = stretchOf(ring, m_drag->from, m_drag->to);
    preview.line.addPolygon(QPolygonF({swept.first(), m_drag->position, swept.last()}));
    swept << m_drag->position;
    preview.region.addPolygon(swept);
    preview.region.closeSubpath();
    return preview;
}

} // namespace ui
