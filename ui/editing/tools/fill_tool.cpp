// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/fill_tool.h"

#include "core/mask/components.h"
#include "ui/editing/mask_target.h"
#include "ui/editing/tools/reach.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <new>
#include <utility>

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

FillTool::FillTool(MaskTarget &target, QObject *parent) : Tool(parent), m_target(target)
{
    m_pool.setMaxThreadCount(1);
}

FillTool::~FillTool()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void FillTool::press(const PointerEvent &event)
{
    const int x = int(std::floor(event.position.x())), y = int(std::floor(event.position.y()));
    const core::Size size = m_target.imageSize();
    if ((event.button != Qt::LeftButton && event.button != Qt::RightButton) ||
        m_target.kind() == MaskTarget::Kind::None || x < 0 || y < 0 || x >= size.width ||
        y >= size.height)
        return;
    m_clicks.push_back({x, y, meansAway(event)});
    if (m_clicks.size() == 1)
        search();
    Q_EMIT previewChanged(); // Esc and undo stop the search
}

void FillTool::search()
{
    m_pool.start([this, click = m_clicks.front(), mask = m_target.mask(), number = ++m_search] {
        std::optional<core::Rle> region;
        try {
            region = componentAt(click.takes ? core::findParts(mask) : core::findHoles(mask),
                                 click.x, click.y);
        } catch (const std::bad_alloc &) {
            region.reset(); // nothing is filled
        }
        QMetaObject::invokeMethod(this, [this, mask, number, region = std::move(region)] {
            if (number == m_search && isBusy())
                take(mask, region);
        });
    });
}

void FillTool::take(const core::Rle &mask, const std::optional<core::Rle> &region)
{
    const bool takes = m_clicks.front().takes;
    // Where another object was selected meanwhile, the click did not mean that one.
    if (region && m_target.mask() == mask)
        m_target.apply(takes ? core::SetOperation::Difference : core::SetOperation::Union, *region,
                       takes ? QCoreApplication::translate("edits", "Remove part")
                             : QCoreApplication::translate("edits", "Fill hole"));
    if (!m_clicks.empty()) // what was applied may have cancelled the rest
        m_clicks.pop_front();
    if (!m_clicks.empty())
        search();
    Q_EMIT previewChanged();
}

void FillTool::cancel()
{
    ++m_search;
    if (std::exchange(m_clicks, {}).empty())
        return;
    m_pool.clear();
    Q_EMIT previewChanged();
}

bool FillTool::takeBack()
{
    if (m_clicks.empty())
        return false;
    m_clicks.pop_back();
    if (m_clicks.empty())
        ++m_search;
    Q_EMIT previewChanged();
    return true;
}

} // namespace ui
