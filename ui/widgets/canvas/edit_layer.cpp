// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/canvas/edit_layer.h"

#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "ui/widgets/canvas/pixel_cover.h"

#include <QPainter>

namespace ui
{

static std::optional<core::Rle> difference(const core::Rle &a, const core::Rle &b)
{
    core::Rle rest = core::combine(a, b, core::SetOperation::Difference);
    return core::area(rest) > 0 ? std::optional(std::move(rest)) : std::nullopt;
}

void EditLayer::setChanges(const MaskPointer &shown, const MaskPointer &now)
{
    if (shown == m_changes.shown && now == m_changes.now)
        return;
    m_changes = {shown, now, {}, {}};
    if (!now || shown == now)
        return;
    if (!shown) {
        m_changes.put = *now;
    } else if (shown->size == now->size && *shown != *now) {
        m_changes.put = difference(*now, *shown);
        m_changes.taken = difference(*shown, *now);
    }
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

void EditLayer::setSelected(const AnnotationShapes::Item *item)
{
    if (m_hasWork)
        return;
    const auto maskOf = [](const project::AnnotationPointer &record) {
        return record ? MaskPointer(record, &record->annotation.mask) : MaskPointer();
    };
    if (item)
        setChanges(maskOf(item->shown), maskOf(item->record));
    else
        setChanges({}, {});
}

void EditLayer::paint(QPainter &painter, const ViewTransform &transform, const ToolPreview &preview,
                      const std::function<const QImage &()> &under, const QColor &tint) const
{
    if (m_changes.put)
        paintCover(painter, coverOf(*m_changes.put, transform), under(), tint);
    if (m_changes.taken)
        paintCover(painter, coverOf(*m_changes.taken, transform), under(), Qt::transparent);
    if (!preview.pixels || preview.pixels->block().isEmpty())
        return;
    const core::PixelRect &block = preview.pixels->block();
    const LabelView pixels{preview.pixels->pixels().pixels.data(), block.width,
                           QRect(block.x, block.y, block.width, block.height)};
    paintCover(painter, coverOf(pixels, transform), under(),
               preview.regionIsTaken ? QColor(Qt::transparent) : tint);
}

} // namespace ui
