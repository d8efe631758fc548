// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/images_ahead.h"

#include "ui/editing/image_list_model.h"

namespace ui
{

QList<core::Id> imagesAhead(const ImageListModel &images, core::Id last, core::Id current,
                            int count)
{
    const int row = images.rowOf(current);
    if (row < 0)
        return {};
    const int before = images.rowOf(last);
    const int direction = before > row ? -1 : 1;
    QList<core::Id> ahead;
    for (int step = 1; step <= count; ++step) {
        if (const core::Id image = images.neighbor(current, step * direction))
            ahead << image;
    }
    return ahead;
}

} // namespace ui
