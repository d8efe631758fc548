// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/scissors_tool.h"

#include "ui/editing/mask_target.h"
#include "ui/editing/outline_region.h"
#include "ui/editing/tools/reach.h"

#include <new>

namespace ui
{

ScissorsTool::ScissorsTool(MaskTarget &target, QObject *parent) : Tool(parent), m_target(target)
{
    m_pool.setMaxThreadCount(1);
}

ScissorsTool::~ScissorsTool()
{
    for (Stretch &stretch : m_stretches)
        stretch.stop.request_stop();
    m_pool.clear();
    m_pool.waitForDone();
}

void ScissorsTool::setPicture(const QImage &picture)
{
    cancel();
    m_picture = picture;
}

QPointF ScissorsTool::clamped(QPointF position) const
{
    return {std::clamp(position.x(), 0.0, double(m_picture.width())),
            std::clamp(position.y(), 0.0, double(m_picture.height()))};
}

bool ScissorsTool::isOnFirst(const PointerEvent &event) const
{
    return m_stretches.size() >= 2 && isWithin(event, m_stretches.front().from, reach::handle);
}

void ScissorsTool::press(const PointerEvent &event)
{
    if (m_picture.isNull() || isClosing() ||
        (event.button != Qt::LeftButton && event.button != Qt::RightButton))
        return;
    m_pointer = clamped(event.position);
    if (!isBusy()) {
        if (!m_target.canDraw())
            return;
        m_isTaken = meansAway(event);
    } else if (isOnFirst(event)) {
        complete();
        return;
    } else if (isWithin(event, m_stretches.back().from, reach::click)) {
        return; // the same place once more
    }
    addAnchor(m_pointer);
}

void ScissorsTool::addAnchor(QPointF position)
{
    if (isBusy())
        setEnd(m_stretches.back(), position);
    Stretch &stretch = m_stretches.emplace_back();
    stretch.from = position;
    requestWays(stretch, position);
    showPreview();
}

void ScissorsTool::setEnd(Stretch &stretch, QPointF to)
{
    stretch.to = to;
    requestWays(stretch, to);
    if (stretch.ways) {
        stretch.path = stretch.ways->to(to);
        stretch.ways.reset(); // a map of the whole window
    }
}

void ScissorsTool::requestWays(Stretch &stretch, QPointF target)
{
    const bool isFine =
        stretch.window.step <= 1 || stretch.window.step <= 2 * std::max(1.0, m_view.pixelsPerStep);
    const EdgeWindow window =
        edgeWindow(m_view.visible, m_view.pixelsPerStep, stretch.from, target, m_picture.size());
    if (stretch.request && stretch.window.contains(target) &&
        (isFine || window.step > stretch.window.step / 1.5))
        return;
    stretch.stop.request_stop();
    stretch.stop = std::stop_source();
    stretch.request = ++m_lastRequest;
    stretch.window = window;
    stretch.ways.reset();
    m_pool.start([this, request = stretch.request, stop = stretch.stop.get_token(),
                  picture = m_picture, window, anchor = stretch.from] {
        if (stop.stop_requested())
            return; // overtaken while it waited
        try {
            auto ways = std::make_shared<const EdgeWays>(picture, window, anchor);
            QMetaObject::invokeMethod(
                this, [this, request, ways = std::move(ways)] { take(request, ways); });
        } catch (const std::bad_alloc &) { // the stretch stays straight
            QMetaObject::invokeMethod(this, [this, request] { take(request, nullptr); });
        }
    });
}

void ScissorsTool::take(quint64 request, std::shared_ptr<const EdgeWays> ways)
{
    for (Stretch &stretch : m_stretches) {
        if (stretch.request != request)
            continue;
        if (stretch.to)
            stretch.path = ways ? ways->to(*stretch.to) : QPolygonF({stretch.from, *stretch.to});
        else if (ways)
            stretch.ways = std::move(ways);
        else
            stretch.request = 0; // to be tried again
        finishIfTraced();
        showPreview();
        return;
    }
}

bool ScissorsTool::isTracing() const
{
    return std::any_of(m_stretches.begin(), m_stretches.end(), [](const Stretch &stretch) {
        return stretch.to ? !stretch.isTraced() : !stretch.ways;
    });
}

void ScissorsTool::move(const PointerEvent &event)
{
    if (!isBusy() || isClosing())
        return;
    m_pointer = clamped(event.position);
    m_firstIsHot = isOnFirst(event);
    requestWays(m_stretches.back(), m_firstIsHot ? m_stretches.front().from : m_pointer);
    showPreview();
}

bool ScissorsTool::complete()
{
    if (!isBusy())
        return false;
    if (m_stretches.size() < 2 || isClosing())
        return true;
    setEnd(m_stretches.back(), m_stretches.front().from);
    finishIfTraced();
    showPreview();
    return true;
}

void ScissorsTool::finishIfTraced()
{
    if (!isClosing() || isTracing())
        return;
    QPolygonF outline;
    for (const Stretch &stretch : m_stretches)
        outline += stretch.path;
    cancel();
    applyOutline(m_target, outline, m_isTaken);
}

bool ScissorsTool::takeBack()
{
    if (!isBusy())
        return false;
    Stretch &last = m_stretches.back();
    if (!isClosing()) {
        last.stop.request_stop();
        m_stretches.pop_back();
    }
    if (isBusy()) {
        Stretch &open = m_stretches.back();
        open.to.reset();
        open.path.clear();
        open.stop.request_stop();
        open.request = 0;
        requestWays(open, m_pointer);
    }
    m_firstIsHot = false;
    showPreview();
    return true;
}

void ScissorsTool::cancel()
{
    for (Stretch &stretch : m_stretches)
        stretch.stop.request_stop();
    m_stretches.clear();
    m_firstIsHot = false;
    showPreview();
}

void ScissorsTool::showPreview()
{
    ToolPreview preview;
    if (isBusy()) {
        QPolygonF line;
        for (const Stretch &stretch : m_stretches) {
            const QPointF to =
                stretch.to.value_or(m_firstIsHot ? m_stretches.front().from : m_pointer);
            preview.handles.push_back(stretch.from);
            if (stretch.isTraced())
                line += stretch.path;
            else if (stretch.ways && stretch.ways->window().contains(to))
                line += stretch.ways->to(to);
            else
                line << stretch.from << to;
        }
        preview.line.addPolygon(line);
        if (m_firstIsHot)
            preview.hotHandle = 0;
    }
    setPreview(std::move(preview));
}

} // namespace ui
