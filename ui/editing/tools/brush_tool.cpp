// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/brush_tool.h"

#include "ui/editing/mask_target.h"
#include "ui/editing/tools/reach.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <utility>

namespace ui
{

/// A notch of the wheel.
static constexpr double sizeStep = 1.15;

BrushTool::BrushTool(MaskTarget &target, Kind kind, QObject *parent)
    : Tool(parent), m_target(target), m_kind(kind)
{
    connect(&target, &MaskTarget::imageChanged, this, [this] { m_lastEnd.reset(); });
}

ActionId BrushTool::action() const
{
    return m_kind == Kind::Brush ? ActionId::BrushTool : ActionId::EraserTool;
}

bool BrushTool::erases(const PointerEvent &event) const
{
    return (m_kind == Kind::Eraser) != meansAway(event);
}

void BrushTool::press(const PointerEvent &event)
{
    if (m_stroke || !m_target.canDraw() ||
        (event.button != Qt::LeftButton && event.button != Qt::RightButton))
        return;
    m_button = event.button;
    m_erases = erases(event);
    m_stroke = std::make_shared<core::StrokeRaster>(m_target.imageSize(), m_diameter / 2.0);
    if ((event.modifiers & Qt::ShiftModifier) && m_lastEnd)
        m_stroke->extendTo(*m_lastEnd);
    m_stroke->extendTo(toImagePoint(event.position));
    showStroke();
}

void BrushTool::move(const PointerEvent &event)
{
    if (m_stroke) {
        m_stroke->extendTo(toImagePoint(event.position));
        showStroke();
        return;
    }
    // Where Shift + press would draw.
    ToolPreview preview;
    if ((event.modifiers & Qt::ShiftModifier) && m_lastEnd) {
        preview.line.moveTo(toPicture(*m_lastEnd));
        preview.line.lineTo(event.position);
    }
    if (!preview.isEmpty() || !this->preview().isEmpty())
        setPreview(std::move(preview));
}

void BrushTool::showStroke()
{
    ToolPreview preview;
    preview.pixels = m_stroke;
    preview.regionIsTaken = m_erases;
    setPreview(std::move(preview));
}

void BrushTool::release(const PointerEvent &event)
{
    if (!m_stroke || event.button != m_button)
        return;
    const auto stroke = m_stroke;
    const bool erases = m_erases;
    m_lastEnd = stroke->end();
    // The canvas shows the mask as it is from here on.
    m_target.apply(erases ? core::SetOperation::Difference : core::SetOperation::Union,
                   stroke->toRle(),
                   erases ? QCoreApplication::translate("edits", "Erase")
                          : QCoreApplication::translate("edits", "Paint"));
    finish();
}

void BrushTool::leave()
{
    if (!m_stroke && !preview().isEmpty())
        setPreview({});
}

void BrushTool::cancel()
{
    finish();
}

bool BrushTool::takeBack()
{
    const bool wasBusy = isBusy();
    finish();
    return wasBusy;
}

void BrushTool::finish()
{
    m_stroke.reset();
    m_button = Qt::NoButton;
    if (!preview().isEmpty())
        setPreview({});
}

void BrushTool::resize(double steps)
{
    // Touch pads give parts of a step.
    m_steps += steps;
    for (; m_steps >= 1; m_steps -= 1)
        setDiameter(std::max(m_diameter + 1, int(std::lround(m_diameter * sizeStep))));
    for (; m_steps <= -1; m_steps += 1)
        setDiameter(std::min(m_diameter - 1, int(std::lround(m_diameter / sizeStep))));
}

double BrushTool::cursorRadius(Qt::KeyboardModifiers /*modifiers*/) const
{
    return m_stroke ? m_stroke->radius() : m_diameter / 2.0;
}

void BrushTool::setDiameter(int pixels)
{
    const int diameter = std::clamp(pixels, 1, maxDiameter);
    if (diameter == m_diameter)
        return;
    m_diameter = diameter;
    Q_EMIT optionsChanged();
}

} // namespace ui
