// SPDX-License-Identifier: Apache-2.0
// The part of CornerEditor that changes the mask: corners dragged, inserted and removed.
#include "core/mask/ring_detour.h"
#include "core/mask/rle_merge.h"
#include "ui/editing/outline_region.h"
#include "ui/editing/tools/corner_editor.h"
#include "ui/editing/tools/reach.h"

namespace ui
{

bool CornerEditor::press(const PointerEvent &event)
{
    if (m_drag || event.button != Qt::LeftButton)
        return m_drag.has_value();
    if (m_isStale) // the press was meant for a handle, which is not known anew yet
        return cornerAt(event) || edgeAt(event);
    m_hotCorner = cornerAt(event);
    if (m_hotCorner) {
        if (event.modifiers & Qt::ControlModifier)
            return removeHot();
        startDrag(*m_hotCorner, false, event);
        return true;
    }
    const auto edge = edgeAt(event);
    if (edge)
        startDrag(*edge, true, event);
    return edge.has_value();
}

void CornerEditor::startDrag(const CornerPlace &place, bool inserts, const PointerEvent &event)
{
    const CornerRing &ring = m_corners[place.ring];
    const std::size_t count = ring.corners.size();
    Drag drag{place, inserts, 0, 0, event.position, event.position, event.position, false};
    drag.from = ring.corners[inserts ? place.corner : (place.corner + count - 1) % count];
    drag.to = ring.corners[(place.corner + 1) % count];
    if (inserts)
        drag.grip =
            nearestOnEdge(event.position, ring.corner(place.corner), ring.corner(place.corner + 1));
    else
        drag.grip = ring.corner(place.corner);
    drag.position = drag.grip;
    m_drag = drag;
    m_hotEdge.reset();
    Q_EMIT changed();
}

void CornerEditor::move(const PointerEvent &event)
{
    m_pointer = event;
    if (m_drag) {
        m_drag->hasMoved |= !isWithin(event, m_drag->pressed, reach::click);
        if (!m_drag->hasMoved)
            return;
        m_drag->position = m_drag->grip + (event.position - m_drag->pressed);
        Q_EMIT changed();
        return;
    }
    if (findHot())
        Q_EMIT changed();
}

void CornerEditor::release(const PointerEvent &event)
{
    if (!m_drag || event.button != Qt::LeftButton)
        return;
    const Drag drag = *m_drag;
    m_drag.reset();
    if (drag.hasMoved) {
        take(drag, {drag.position}, drag.inserts ? tr("Add corner") : tr("Move corner"));
    } else if (drag.inserts) {
        addCorner(m_corners[drag.place.ring], drag.place.corner, drag.grip);
        findVisible();
    }
    Q_EMIT changed();
}

bool CornerEditor::removeHot()
{
    if (m_isStale)
        return true; // the next corner is about to lie under the pointer
    if (!m_hotCorner || m_drag)
        return false;
    const CornerRing &ring = m_corners[m_hotCorner->ring];
    const std::size_t count = ring.corners.size();
    Drag drag;
    drag.place = *m_hotCorner;
    drag.from = ring.corners[(m_hotCorner->corner + count - 1) % count];
    drag.to = ring.corners[(m_hotCorner->corner + 1) % count];
    take(drag, {}, tr("Remove corner"));
    return true;
}

void CornerEditor::take(const Drag &drag, const QPolygonF &via, const QString &text)
{
    CornerRing &ring = m_corners[drag.place.ring];
    const std::vector<double> xy = toXy(ring.ring);
    core::Rle mask = core::takeDetour(m_mask, {xy, drag.from, drag.to, toXy(via)});
    if (mask == core::withoutEmptyRuns(m_mask))
        return;
    // Until the new outline is traced, the handles show what was done and cannot be taken up.
    m_isStale = true;
    m_hotCorner.reset();
    if (!drag.inserts && !via.isEmpty())
        ring.ring[qsizetype(ring.corners[drag.place.corner])] = via.first();
    m_target.replace(std::move(mask), text);
}

void CornerEditor::cancel()
{
    if (std::exchange(m_drag, std::nullopt))
        Q_EMIT changed();
}

} // namespace ui
