// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/fill_tool.h"

#include "core/mask/components.h"
#include "ui/editing/mask_target.h"
#include "ui/editing/tools/reach.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace ui
{

/// The component that has the pixel, as a mask; none when no component has.
static std::optional<core::Rle> componentAt(const core::Components &components, int x, int y)
{
    const auto pixel = std::uint32_t(x) * std::uint32_t(components.size.height) + std::uint32_t(y);
    const auto run =
        std::partition_point(components.runs.begin(), components.runs.end(),
                             [pixel](const core::Components::Run &r) { return r.end <= pixel; });
    if (run == components.runs.end() || run->begin > pixel)
        return std::nullopt;
    std::vector<bool> isWanted(components.list.size(), false);
    isWanted[run->component] = true;
    return maskOf(components, isWanted);
}

FillTool::FillTool(MaskTarget &target, QObject *parent) : Tool(parent), m_target(target) {}

void FillTool::press(const PointerEvent &event)
{
    const int x = int(std::floor(event.position.x())), y = int(std::floor(event.position.y()));
    const core::Rle mask = m_target.mask();
    if ((event.button != Qt::LeftButton && event.button != Qt::RightButton) || x < 0 || y < 0 ||
        x >= mask.size.width || y >= mask.size.height)
        return;
    const bool takes = meansAway(event);
    const auto region = componentAt(takes ? core::findParts(mask) : core::findHoles(mask), x, y);
    if (region)
        m_target.apply(takes ? core::SetOperation::Difference : core::SetOperation::Union, *region,
                       takes ? QCoreApplication::translate("edits", "Remove part")
                             : QCoreApplication::translate("edits", "Fill hole"));
}

} // namespace ui
