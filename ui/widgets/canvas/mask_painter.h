// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"
#include "ui/widgets/canvas/mask_outline.h"

#include <QColor>

#include <memory>

class QPainter;

namespace ui
{

class ViewTransform;

/// One mask, ready to be painted: the model's answer in work, or the preview of a click.
class PaintedMask
{
public:
    PaintedMask() = default;
    PaintedMask(std::shared_ptr<const core::Mask> mask, QColor color);

    bool isNull() const { return !m_mask; }
    const std::shared_ptr<const core::Mask> &mask() const { return m_mask; }
    const QRect &bounds() const { return m_outline.bounds; }

    /// The fill at that opacity, then the line in screen pixels with a thin dark and a thin light
    /// edge, so that it reads on any picture.
    void paint(QPainter &painter, const ViewTransform &transform, double fill, double line) const;

private:
    std::shared_ptr<const core::Mask> m_mask;
    QColor m_color;
    MaskOutline m_outline;
};

/// Dark edge, light edge, colour: what strokeOutline() takes.
std::vector<QPen> outlinePens(const QColor &color, double line);

} // namespace ui
