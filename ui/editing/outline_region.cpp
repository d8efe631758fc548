// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/outline_region.h"

#include "core/mask/rle_polygon.h"
#include "ui/editing/mask_target.h"

#include <QCoreApplication>

namespace ui
{

std::vector<double> toXy(const QPolygonF &outline)
{
    std::vector<double> xy;
    xy.reserve(std::size_t(outline.size()) * 2);
    for (const QPointF &point : outline)
        xy.insert(xy.end(), {point.x(), point.y()});
    return xy;
}

core::Rle regionInside(const QPolygonF &outline, core::Size size)
{
    return core::rleFromPolygon(toXy(outline), size);
}

void applyOutline(MaskTarget &target, const QPolygonF &outline, bool isTaken)
{
    if (!target.canDraw())
        return;
    target.apply(isTaken ? core::SetOperation::Difference : core::SetOperation::Union,
                 regionInside(outline, target.imageSize()),
                 isTaken ? QCoreApplication::translate("edits", "Cut outline")
                         : QCoreApplication::translate("edits", "Draw outline"));
}

} // namespace ui
