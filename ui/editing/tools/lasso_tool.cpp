// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/lasso_tool.h"

#include "ui/editing/mask_target.h"
#include "ui/editing/outline_region.h"
#include "ui/editing/tools/reach.h"

#include <utility>

namespace ui
{

LassoTool::LassoTool(MaskTarget &target, QObject *parent) : Tool(parent), m_target(target) {}

void LassoTool::press(const PointerEvent &event)
{
    if (isBusy() || !m_target.canDraw() ||
        (event.button != Qt::LeftButton && event.button != Qt::RightButton))
        return;
    m_button = event.button;
    m_takes = meansAway(event);
    m_outline.clear();
    add(event);
}

void LassoTool::move(const PointerEvent &event)
{
    if (isBusy())
        add(event);
}

/// What lies beyond the border is drawn along the border.
void LassoTool::add(const PointerEvent &event)
{
    const QPointF position(std::clamp(event.position.x(), 0.0, double(event.imageSize.width)),
                           std::clamp(event.position.y(), 0.0, double(event.imageSize.height)));
    if (!m_outline.isEmpty() && m_outline.last() == position)
        return;
    m_outline << position;
    ToolPreview preview;
    preview.region.addPolygon(m_outline);
    preview.region.closeSubpath();
    preview.line.addPolygon(m_outline);
    preview.regionIsTaken = m_takes;
    setPreview(std::move(preview));
}

void LassoTool::release(const PointerEvent &event)
{
    if (!isBusy() || event.button != m_button)
        return;
    const QPolygonF outline = std::exchange(m_outline, {});
    if (outline.size() > 2)
        applyOutline(m_target, outline, m_takes);
    cancel();
}

void LassoTool::cancel()
{
    m_outline.clear();
    m_button = Qt::NoButton;
    if (!preview().isEmpty())
        setPreview({});
}

bool LassoTool::takeBack()
{
    const bool wasBusy = isBusy();
    cancel();
    return wasBusy;
}

} // namespace ui
