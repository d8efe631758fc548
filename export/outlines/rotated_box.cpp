// SPDX-License-Identifier: Apache-2.0
#include "export/outlines/rotated_box.h"

#include "core/geometry/min_area_rect.h"
#include "core/mask/outline_parts.h"

namespace exporters
{

std::optional<std::array<double, 8>> rotatedBox(const core::Annotation &annotation)
{
    if (!annotation.hasMask()) {
        if (!annotation.box)
            return {};
        const core::Box box = annotation.box->normalized();
        // A box counts from the centre of the first pixel.
        return std::array{box.x0 + 0.5, box.y0 + 0.5, box.x1 + 0.5, box.y0 + 0.5,
                          box.x1 + 0.5, box.y1 + 0.5, box.x0 + 0.5, box.y1 + 0.5};
    }
    core::Ring corners;
    for (const core::OutlinePart &part : core::outlineParts(annotation.mask))
        corners.insert(corners.end(), part.outer.begin(), part.outer.end());
    if (corners.empty())
        return {};
    return core::minAreaRect(corners);
}

} // namespace exporters
