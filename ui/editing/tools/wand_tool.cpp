// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/wand_tool.h"

#include "ui/editing/mask_target.h"
#include "ui/editing/similar_region.h"
#include "ui/editing/tools/reach.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <new>
#include <utility>

namespace ui
{

WandTool::WandTool(MaskTarget &target, QObject *parent) : Tool(parent), m_target(target)
{
    m_pool.setMaxThreadCount(1);
}

WandTool::~WandTool()
{
    m_stop.request_stop();
    m_pool.clear();
    m_pool.waitForDone();
}

void WandTool::setPicture(const QImage &picture)
{
    cancel();
    m_picture = picture;
}

void WandTool::press(const PointerEvent &event)
{
    const QPoint seed(int(std::floor(event.position.x())), int(std::floor(event.position.y())));
    if ((event.button != Qt::LeftButton && event.button != Qt::RightButton) ||
        !m_target.canDraw() || !m_picture.valid(seed))
        return;
    cancel();
    m_stop = {};
    m_isSearching = true;
    m_pool.start([this, picture = m_picture, seed, tolerance = m_tolerance,
                  takes = meansAway(event), stop = m_stop.get_token(), search = ++m_search] {
        std::optional<core::Rle> region;
        try {
            region = similarRegion(picture, seed, tolerance, stop);
        } catch (const std::bad_alloc &) {
            region.reset(); // nothing is filled; a smaller tolerance does not help either
        }
        QMetaObject::invokeMethod(this, [this, region = std::move(region), takes, search] {
            if (search != m_search || !m_isSearching)
                return;
            m_isSearching = false;
            if (region)
                m_target.apply(takes ? core::SetOperation::Difference : core::SetOperation::Union,
                               *region,
                               takes ? QCoreApplication::translate("edits", "Remove similar colour")
                                     : QCoreApplication::translate("edits", "Fill similar colour"));
            Q_EMIT previewChanged();
        });
    });
    Q_EMIT previewChanged(); // Esc and undo stop the search
}

void WandTool::cancel()
{
    m_stop.request_stop();
    m_pool.clear();
    if (std::exchange(m_isSearching, false))
        Q_EMIT previewChanged();
}

bool WandTool::takeBack()
{
    const bool wasSearching = m_isSearching;
    cancel();
    return wasSearching;
}

void WandTool::resize(double steps)
{
    // A touch pad's parts of a step count as one in their direction.
    setTolerance(m_tolerance + int(steps < 0 ? std::floor(steps) : std::ceil(steps)));
}

void WandTool::setTolerance(int tolerance)
{
    const int clamped = std::clamp(tolerance, 0, 255);
    if (clamped == m_tolerance)
        return;
    m_tolerance = clamped;
    Q_EMIT optionsChanged();
}

} // namespace ui
