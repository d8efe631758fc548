// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/edit_layer.h"

#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "ui/widgets/canvas/label_map.h"
#include "ui/widgets/canvas/pixel_cover.h"
#include "ui/widgets/canvas/screen_pixels.h"

#include <QPainter>

namespace ui
{

static std::optional<core::Rle> difference(const core::Rle &a, const core::Rle &b)
{
    core::Rle rest = core::combine(a, b, core::SetOperation::Difference);
    return core::area(rest) > 0 ? std::optional(std::move(rest)) : std::nullopt;
}

bool EditLayer::setChanges(const MaskPointer &shown, const MaskPointer &now)
{
    if (shown == m_changes.shown && now == m_changes.now)
        return false;
    const bool didShow = m_changes.put || m_changes.taken;
    m_changes = {shown, now, {}, {}};
    m_put = m_taken = {};
    if (!now || shown == now)
        return didShow;
    if (!shown) {
        m_changes.put = *now;
    } else if (shown->size == now->size && *shown != *now) {
        m_changes.put = difference(*now, *shown);
        m_changes.taken = difference(*shown, *now);
    }
    return didShow || m_changes.put || m_changes.taken;
}

void EditLayer::setWork(const Candidate *candidate)
{
    m_hasWork = candidate != nullptr;
    if (!candidate) {
        m_workShape = 0;
        m_workMask.reset();
        setChanges({}, {});
        return;
    }
    // A mask that was changed by hand keeps the shape it had until its own is made.
    const auto now = std::make_shared<const core::Rle>(candidate->mask);
    const qint64 shape = candidate->shape.isEmpty() ? 0 : candidate->shape.image.cacheKey();
    if (shape != m_workShape)
        m_workMask = now;
    m_workShape = shape;
    setChanges(m_workMask, now);
}

bool EditLayer::setSelected(const AnnotationShapes::Item *item)
{
    if (m_hasWork)
        return false;
    const auto maskOf = [](const project::AnnotationPointer &record) {
        return record ? MaskPointer(record, &record->annotation.mask) : MaskPointer();
    };
    return item ? setChanges(maskOf(item->shown), maskOf(item->record)) : setChanges({}, {});
}

std::optional<QRect> EditLayer::unpainted(const ToolPreview &preview,
                                          const ViewTransform &transform) const
{
    if (!preview.pixels || m_stroke != preview.pixels || m_strokePainted.view != transform)
        return std::nullopt;
    return grown(transform);
}

QRect EditLayer::grown(const ViewTransform &transform) const
{
    QRect grown;
    for (std::size_t i = m_stepsPainted; i < m_stroke->steps().size(); ++i) {
        const core::PixelRect &step = m_stroke->steps()[i];
        grown |= partShowing(QRect(step.x, step.y, step.width, step.height), 1, transform);
    }
    return grown;
}

bool EditLayer::Painted::isOf(const ViewTransform &transform, const QImage &below,
                              const QColor &color) const
{
    return view == transform && under == below.cacheKey() && tint == color.rgba() &&
           image.size() == below.size();
}

void EditLayer::Painted::start(const ViewTransform &transform, const QImage &below,
                               const QColor &color)
{
    if (image.size() != below.size())
        image = QImage(below.size(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(below.devicePixelRatio());
    image.fill(0);
    rect = {};
    view = transform;
    under = below.cacheKey();
    tint = color.rgba();
}

void EditLayer::Painted::paint(QPainter &painter) const
{
    const QRect part = rect & QRect(QPoint(), image.size());
    if (!part.isEmpty())
        drawPixels(painter, part.topLeft(), image, part, image.devicePixelRatio());
}

void EditLayer::paintChange(QPainter &painter, const ViewTransform &transform,
                            const core::Rle &pixels, const QImage &under, const QColor &tint,
                            Painted &painted)
{
    if (!painted.isOf(transform, under, tint)) {
        painted.start(transform, under, tint);
        const PixelCover cover = coverOf(pixels, transform);
        renderCover(painted.image, cover, under, tint);
        painted.rect = cover.rect;
    }
    painted.paint(painter);
}

void EditLayer::paintStroke(QPainter &painter, const ViewTransform &transform,
                            const ToolPreview &preview, const QImage &under, const QColor &tint)
{
    if (m_stroke != preview.pixels || !m_strokePainted.isOf(transform, under, tint)) {
        m_strokePainted.start(transform, under, tint);
        m_stroke = preview.pixels;
        m_stepsPainted = 0;
    }
    const QRect part = grown(transform);
    m_stepsPainted = m_stroke->steps().size();
    renderCover(m_strokePainted.image, coverOf(*m_stroke, transform, part), under, tint);
    m_strokePainted.rect |= part;
    m_strokePainted.paint(painter);
}

void EditLayer::paint(QPainter &painter, const ViewTransform &transform, const ToolPreview &preview,
                      const std::function<const QImage &()> &under, const QColor &tint)
{
    if (m_changes.put)
        paintChange(painter, transform, *m_changes.put, under(), tint, m_put);
    if (m_changes.taken)
        paintChange(painter, transform, *m_changes.taken, under(), Qt::transparent, m_taken);
    if (preview.pixels)
        paintStroke(painter, transform, preview, under(),
                    preview.regionIsTaken ? QColor(Qt::transparent) : tint);
    else
        m_stroke.reset();
}

} // namespace ui
