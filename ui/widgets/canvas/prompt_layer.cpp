// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/prompt_layer.h"

#include "ui/editing/pointer_event.h"
#include "ui/widgets/canvas/prompt_painter.h"
#include "ui/widgets/canvas/view_transform.h"
#include "ui/widgets/theme/theme.h"

#include <QPainter>

namespace ui
{

static QRectF inView(const QRectF &picture, const ViewTransform &transform)
{
    return QRectF(transform.toView(picture.topLeft()), transform.toView(picture.bottomRight()));
}

static void paint(QPainter &painter, const ViewTransform &transform,
                  const core::BrushStroke &stroke)
{
    QPolygonF line;
    for (const core::ImagePoint &p : stroke.path)
        line << transform.toView(p);
    paintStroke(painter, line, stroke.radius * transform.scale(), stroke.label);
}

void PromptLayer::updateWork()
{
    const Candidate *candidate = m_session.current();
    m_kept = 0;
    m_previous = std::move(m_work);
    m_work = candidate ? MaskPainter(candidate->shape) : MaskPainter();
}

void PromptLayer::keepUntilShown(core::Id annotation)
{
    m_work = std::move(m_previous);
    m_previous = {};
    m_kept = annotation;
}

void PromptLayer::updateHover()
{
    m_hover = MaskPainter(m_session.hoverShape());
}

void PromptLayer::releaseKept()
{
    updateWork();
    m_previous = {};
}

QRectF PromptLayer::workInView(const ViewTransform &transform) const
{
    return m_work.isEmpty() ? QRectF() : inView(m_work.shape().bounds.toRectF(), transform);
}

void PromptLayer::paintMasks(QPainter &painter, const ViewTransform &transform,
                             const QRect &part) const
{
    m_work.paint(painter, transform, part, m_color, m_kept ? looks::acceptedFill : looks::workFill,
                 m_kept ? looks::acceptedLine : looks::workLine);
    if (!m_toolbox.current().isBusy())
        m_hover.paint(painter, transform, part, m_color, looks::hoverFill, looks::acceptedLine);
}

void PromptLayer::paintPrompts(QPainter &painter, const ViewTransform &transform, bool pending,
                               std::optional<std::size_t> hotPoint) const
{
    const project::PromptRecord &prompt = m_session.prompt();
    const ToolPreview &preview = m_toolbox.current().preview();
    if (const auto &window = m_session.focused())
        paintFocusFrame(painter, inView(QRectF(window->x, window->y, window->width, window->height),
                                        transform));
    for (const core::BrushStroke &stroke : prompt.strokes)
        paint(painter, transform, stroke);
    if (preview.stroke)
        paint(painter, transform, *preview.stroke);
    if (preview.box)
        paintBox(painter, inView(*preview.box, transform), true, false);
    else if (prompt.box)
        paintBox(painter, inView(toPicture(*prompt.box), transform), true, pending);
    for (std::size_t i = 0; i < prompt.points.size(); ++i) {
        const bool isHot = preview.movedPoint == i || hotPoint == i;
        paintPoint(painter, transform.toView(prompt.points[i].position), prompt.points[i].label,
                   pending, isHot);
    }
}

} // namespace ui
